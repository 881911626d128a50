#!/usr/bin/env python3
"""The checks of the tree notice what they are there for: each test plants one fault in a small tree."""
import pathlib
import tempfile
import unittest

import layers
import tree

BANNER = "// SPDX-License-Identifier: Apache-2.0\n/// \\file\n/// A file.\n"
ROOMS = "base\nfacts\nio/reader\nrules risk\nio\ncli\noutside cli\noptional io/graph.hpp boost\n"


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("include/tutela/base/date.hpp", "#include <string>\n")
        self.write("src/base/CMakeLists.txt", "tutela_room(base HEADERS date.hpp)")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BANNER + text if path.suffix in {".hpp", ".cpp"} else text, encoding="utf-8")

    def layer_findings(self):
        return layers.check(self.root, layers.Layers(ROOMS))[0]

    def test_a_clean_tree_passes(self):
        self.write("src/risk/score.cpp", "#include <tutela/base/date.hpp>\n#include \"io/reader.hpp\"\n#include <json.hpp>\n")
        self.assertEqual(self.layer_findings(), [])
        self.assertEqual(tree.check(self.root)[0], [])

    def test_include_upwards(self):
        self.write("include/tutela/base/date.hpp", "#include <tutela/facts/value.hpp>\n")
        self.assertIn("'base' may not see 'facts'", self.layer_findings()[0])

    def test_neighbours_of_one_layer_in_sources(self):
        self.write("src/risk/score.cpp", "#include <tutela/rules/pack.hpp>\n")
        self.assertIn("src/risk/score.cpp:4: 'risk' may not see 'rules'", self.layer_findings()[0])

    def test_file_with_a_layer_of_its_own(self):
        self.write("src/facts/record.cpp", "#include \"io/reader.hpp\"\n")
        self.write("src/io/reader.cpp", "#include \"io/html.hpp\"\n")
        self.assertEqual(len(self.layer_findings()), 2)

    def test_third_party_in_a_public_header(self):
        for line in ("<nlohmann/json.hpp>", "<pugixml.hpp>", "<boost/graph/graph_traits.hpp>", "<sodium.h>"):
            self.write("include/tutela/base/date.hpp", f"#include {line}\n")
            self.assertIn("may not need", self.layer_findings()[0])

    def test_third_party_in_an_optional_header(self):
        self.write("include/tutela/io/graph.hpp", "#include <boost/graph/graph_traits.hpp>\n")
        self.assertEqual(self.layer_findings(), [])

    def test_private_header_in_a_public_one(self):
        self.write("include/tutela/base/date.hpp", "#include \"base/calendar.hpp\"\n")
        self.assertIn("a public header includes", self.layer_findings()[0])

    def test_internal_header_in_a_program(self):
        self.write("src/cli/main.cpp", "#include \"cli/verbs.hpp\"\n#include \"io/reader.hpp\"\n")
        self.assertIn("src/cli/main.cpp:5: 'cli' links the library as users do", self.layer_findings()[0])

    def test_unknown_room(self):
        self.write("src/pets/cat.cpp", "")
        self.assertIn("not in layers.txt", self.layer_findings()[0])

    def test_deep_includes(self):
        for number in range(layers.DEPTH + 1):
            self.write(f"include/tutela/base/h{number}.hpp", f"#include <tutela/base/h{number + 1}.hpp>\n")
        self.assertIn("deep", self.layer_findings()[0])

    def test_header_that_no_room_lists(self):
        self.write("include/tutela/base/time.hpp", "")
        self.assertIn("not listed", tree.check(self.root)[0][0])

    def test_one_name_for_two_internal_things(self):
        body = "namespace tutela::detail {\n\nstruct Rails {\n  int a;\n};\n\ninline int sum(int one, long other) { return one; }\n\n}\n"
        self.write("src/base/one.hpp", body)
        self.write("src/base/other.hpp", body.replace("int one, long other", "int a, long b"))
        self.write("src/base/third.hpp", body.replace("Rails", "Road").replace("int one,", "Date one,"))
        self.assertEqual(len(tree.check(self.root)[0]), 2)

    def test_names_sizes_banners_and_folders(self):
        self.write("src/base/string_utils.cpp", "")
        self.write("src/base/long.cpp", "\n" * 901)
        self.write("scripts/build.txt", "")
        (self.root / "src/base/bare.hpp").write_text("int x;\n", encoding="utf-8")
        findings = "\n".join(tree.check(self.root)[0])
        for part in ("says nothing", "904 lines", "scripts/", "bare.hpp:1", "bare.hpp:2"):
            self.assertIn(part, findings)


if __name__ == "__main__":
    unittest.main()
