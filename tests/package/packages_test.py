# SPDX-License-Identifier: Apache-2.0
"""Each package that `./dev package` made, installed in another folder and used as a stranger would."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile

import pytest

pytestmark = pytest.mark.heavy
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "build" / "packages"
ANSWERS = (ROOT / "tests" / "golden" / "faces" / "first_verdict.txt").read_text(encoding="utf-8")
LIBC = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
INSIDE = {"libpugixml-dev", "libpcre2-dev", "libintelrdfpmath-dev", "libhowardhinnant-date-dev", "libsodium-dev", "nlohmann-json3-dev"}


def package(pattern):
    found = list(PACKAGES.glob(pattern))
    if not found:
        pytest.skip(f"./dev package did not make {pattern}")
    assert len(found) == 1, found
    return found[0]


def run(*command, folder, fails=False, **environment):
    """What a command prints; what it says of its failure, where it must fail. It sees nothing of the environment of these tests: no
    library path, no Python, no Java."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"} | environment
    done = subprocess.run([str(word) for word in command], cwd=folder, env=environment, text=True, capture_output=True, check=False)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr if fails else done.stdout


def needed(library):
    """The shared libraries that one asks for."""
    told = subprocess.run(["readelf", "--dynamic", library], text=True, capture_output=True, check=True).stdout
    assert "TEXTREL" not in told and "RPATH" not in told and "RUNPATH" not in told
    return set(re.findall(r"NEEDED.*\[(.+)\]", told))


def exported(library):
    told = subprocess.run(["nm", "--dynamic", "--defined-only", library], text=True, capture_output=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in told.splitlines()}


# Python

@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python that has the wheel and nothing else."""
    wheel = package("tutela-*.whl")
    folder = tmp_path_factory.mktemp("python")
    run(sys.executable, "-m", "venv", "clean", folder=folder)
    run("clean/bin/python", "-m", "pip", "install", "--no-index", "--quiet", wheel, folder=folder)
    return folder / "clean" / "bin" / "python"


def test_the_wheel_is_small_and_whole():
    wheel = package("tutela-*.whl")
    assert wheel.stat().st_size < 15e6
    glibc = re.search(r"-manylinux_2_(\d+)_x86_64", wheel.name)
    assert glibc and int(glibc[1]) <= 36, "Debian 12 has glibc 2.36"
    names = zipfile.ZipFile(wheel).namelist()
    assert "tutela/py.typed" in names and "tutela/_core/__init__.pyi" in names
    licences = {pathlib.PurePath(name).stem for name in names if re.search(r"\.dist-info/licenses/.", name)}
    assert licences == INSIDE | {"LICENSE", "NOTICE", "pybind11"}


def test_the_module_needs_nothing_of_the_machine_it_was_made_on(python):
    modules = list(python.parents[1].glob("lib/*/site-packages/tutela*/**/*.so*"))
    assert [module.name.split(".")[0] for module in modules] == ["_core"]
    assert needed(modules[0]) <= LIBC | {"libstdc++.so.6", "libgcc_s.so.1"}
    assert not {name for name in exported(modules[0]) if re.match(r"pcre2_|sodium_|crypto_|_ZN4pugi|_ZN4date|__bid", name)}


def test_the_first_verdict_in_three_lines(python, tmp_path):
    program = """\
        import tutela
        verdict = tutela.load_pack("md/child-protection").decide({"person.birth_date": "2025-01-10"}, on="2026-03-02")["day_service"]
        print(verdict.outcome, verdict.missing)"""
    assert run(python, "-c", textwrap.dedent(program), folder=tmp_path) == "unknown ('family.vulnerable',)\n"


def test_the_example_of_the_first_page(python, tmp_path):
    shutil.copytree(ROOT / "examples" / "data" / "chisinau", tmp_path / "examples" / "data" / "chisinau")
    told = run(python, ROOT / "examples" / "quickstart.py", folder=tmp_path)
    assert told.startswith("unknown ('family.vulnerable',)\nTrue [") and "blocked No lawful path" in told


def test_what_the_other_libraries_do_is_inside(python, tmp_path):
    """Decimals, patterns, time zones, XML with digests."""
    program = """\
        import tutela
        print(tutela.feel("1.10 + 2"), tutela.feel('matches("MD-2068", "^[A-Z]+-[0-9]{4}$")'), len(tutela.load_pack("md/child-protection").digest))
        print(tutela.feel('date and time("2026-03-02T12:00:00@Europe/Chisinau") = date and time("2026-03-02T10:00:00Z")'))"""
    assert run(python, "-c", textwrap.dedent(program), folder=tmp_path) == "3.1 True 64\nTrue\n"


def test_from_pip_install_to_the_first_verdict_in_three_cells_of_a_notebook(tmp_path):
    """An environment that has what runs notebooks and not the module: the first cell installs the wheel, the others are those of
    the shipped notebook."""
    wheel = package("tutela-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "clean"], cwd=tmp_path, check=True)
    brought = subprocess.run([tmp_path / "clean/bin/pip", "install", "--quiet", "nbclient>=0.8", "ipykernel>=6"], capture_output=True, text=True, check=False)
    if brought.returncode:
        pytest.skip("the package index does not give nbclient and ipykernel")
    shipped = json.loads((ROOT / "examples" / "notebooks" / "first_verdict.ipynb").read_text(encoding="utf-8"))["cells"]
    cells = [source for source in ("".join(cell["source"]) for cell in shipped) if source.startswith(("# 2.", "# 3."))]
    assert len(cells) == 2
    program = """\
        import json, sys
        import nbclient, nbformat

        cells = [nbformat.v4.new_code_cell(source) for source in json.loads(sys.argv[1])]
        notebook = nbclient.NotebookClient(nbformat.v4.new_notebook(cells=cells), kernel_name="python3", timeout=300).execute()
        print(json.dumps([cell["outputs"] for cell in notebook["cells"]]))"""
    asked = json.dumps([f"%pip install --quiet --no-index {wheel}", *cells])
    installed, loaded, verdict = json.loads(run("clean/bin/python", "-c", textwrap.dedent(program), asked, folder=tmp_path))
    assert all(output["output_type"] == "stream" for output in installed)
    assert loaded[0]["text"].strip()
    shown = verdict[0]["data"]
    assert verdict[0]["output_type"] == "execute_result" and shown["text/plain"] == "<tutela.Verdict 'day_service': known>"
    assert 'class="tutela-why' in shown["text/html"]


def test_the_stubs_are_those_of_the_package(python, tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "right.py").write_text(textwrap.dedent("""\
        import tutela

        law: tutela.Pack = tutela.load_pack("md/child-protection")
        verdict: tutela.Verdict = law.decide({"person.birth_date": "2025-01-10"}, on="2026-03-02")["day_service"]
        missing: tuple[str, ...] = verdict.missing
        """), encoding="utf-8")
    (tmp_path / "wrong.py").write_text("import tutela\n\ntutela.load_pack(1).decide({}, day='2026-03-02')\n", encoding="utf-8")
    check = (sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "--cache-dir", tmp_path / "cache")
    assert run(*check, "right.py", folder=tmp_path) == "Success: no issues found in 1 source file\n"
    told = run(*check, "wrong.py", folder=tmp_path, fails=True)
    assert "[arg-type]" in told and "[call-arg]" in told


def test_the_sources_are_those_of_the_repository():
    held = {name.split("/", 1)[1] for name in tarfile.open(package("tutela-*.tar.gz")).getnames()}
    known = subprocess.run(["git", "ls-files"], cwd=ROOT, text=True, capture_output=True, check=True).stdout
    assert held == set(known.splitlines()) | {"PKG-INFO"}


# Java

def javas():
    """Each kind of Java that is here: its number, and the folder of the newest of that kind."""
    found = {}
    for release in [*pathlib.Path("/usr/lib/jvm").glob("*/release"), pathlib.Path(os.environ.get("JAVA_HOME", "/none"), "release")]:
        if release.exists() and (release.parent / "bin" / "javac").exists():
            number = int(re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))[1])
            if number >= 17:
                found[number >= 22] = max(found.get(number >= 22, (0, None)), (number, release.parent))
    return found


@pytest.fixture(params=[True, False], ids=["foreign functions", "JNA"])
def java(request, tmp_path):
    """Compiles and runs the first verdict in a folder that has the jar, and JNA where that Java needs it."""
    shutil.copy(package("tutela-*.jar"), tmp_path / "tutela.jar")
    if request.param not in javas():
        pytest.skip("no such JDK is here")
    _, home = javas()[request.param]
    path = ["tutela.jar", "."]
    if not request.param:
        kept = list(pathlib.Path.home().glob(".m2/repository/net/java/dev/jna/jna/*/jna-*.jar"))
        if not kept:
            pytest.skip("Maven has not brought JNA")
        shutil.copy(kept[0], tmp_path / "jna.jar")
        path.append("jna.jar")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    run(home / "bin" / "javac", "-cp", "tutela.jar", "-d", ".", ROOT / "bindings" / "java" / "example" / "FirstVerdict.java", folder=tmp_path)
    options = ["--enable-native-access=ALL-UNNAMED"] if request.param else []

    def verdict(*more, fails=False):
        told = run(home / "bin" / "java", *options, f"-Djava.io.tmpdir={temporary}", *more, "-cp", ":".join(path), "FirstVerdict",
                   folder=tmp_path, fails=fails)
        return told, temporary, path

    return verdict


def test_the_jar_has_the_library_inside(tmp_path):
    jar = zipfile.ZipFile(package("tutela-*.jar"))
    names = set(jar.namelist())
    assert {f"META-INF/licences/{name}.txt" for name in INSIDE} | {"META-INF/LICENSE", "META-INF/NOTICE"} <= names
    library = jar.extract(next(name for name in names if name.endswith("/libtutela_c.so")), tmp_path)
    assert needed(library) <= LIBC
    listed = (ROOT / "tests" / "c" / "exported_symbols.txt").read_text(encoding="utf-8").split("\n")
    assert exported(library) - {"TUTELA_0"} == {name for name in listed if name.startswith("tutela_")}


def test_the_jar_alone_gives_the_first_verdict(java):
    told, temporary, _ = java()
    assert told == ANSWERS
    assert [path for path in temporary.rglob("*") if "tutela" in path.name] == []


def test_a_library_that_is_named_wins(java):
    told, _, _ = java("-Dtutela.library=/nowhere/libtutela_c.so", fails=True)
    assert "/nowhere/libtutela_c.so" in told


def test_a_folder_that_cannot_be_written_is_told(java):
    _, temporary, _ = java()
    told, _, _ = java(f"-Djava.io.tmpdir={temporary}/missing", "-Djna.nosys=true", fails=True)
    assert "java.io.tmpdir" in told or "missing" in told


def test_java_that_needs_jna_says_so(tmp_path):
    if False not in javas():
        pytest.skip("no JDK of 17 to 21 is here")
    home = javas()[False][1]
    jar = package("tutela-*.jar")
    source = ROOT / "bindings" / "java" / "example" / "FirstVerdict.java"
    run(home / "bin" / "javac", "-cp", jar, "-d", ".", source, folder=tmp_path)
    assert "put jna-5.14.0.jar on the class path" in run(home / "bin" / "java", "-cp", f"{jar}:.", "FirstVerdict", folder=tmp_path, fails=True)


# Debian

@pytest.fixture(scope="module")
def debian(tmp_path_factory):
    """The three packages unpacked into a root of their own."""
    root = tmp_path_factory.mktemp("debian")
    for name in ("libtutela-dev", "libtutela0", "tutela"):
        run("dpkg-deb", "--extract", package(f"{name}_*.deb"), root, folder=root)
    return root


def field(name, word):
    return run("dpkg-deb", "--field", package(f"{name}_*.deb"), word, folder=PACKAGES).strip()


def test_debian_packages_say_what_they_need(debian):
    for name in ("libtutela-dev", "libtutela0", "tutela"):
        assert (debian / "usr" / "share" / "doc" / name / "copyright").read_text(encoding="utf-8").count("Copyright") > 1
    for name in ("libtutela0", "tutela"):
        assert {"libc6", "libpcre2-8-0", "libpugixml1v5", "libsodium23"} <= set(re.findall(r"[\w.-]+(?= \(|,|$)", field(name, "Depends")))
    (listing,) = debian.glob("usr/lib/*/pkgconfig/tutela.pc")
    for library in re.findall(r"-l(\S+)", re.search("^Libs:.*", listing.read_text(encoding="utf-8"), re.M)[0]):
        if library not in ("tutela", "stdc++"):
            owner = subprocess.run(["dpkg-query", "--search", f"*/lib{library}.so", f"*/lib{library}.a"], text=True, capture_output=True, check=False)
            assert any(f"{name}:" in owner.stdout for name in field("libtutela-dev", "Depends").split(", ")), library


@pytest.mark.parametrize("way", ["find_package", "pkg_config"])
def test_programs_compile_against_the_unpacked_packages(debian, tmp_path, way):
    run("cmake", "-S", ROOT / "tests" / "package" / way, "-B", tmp_path, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={debian}/usr",
        f"-DTUTELA_SOURCE={ROOT}", "-DCMAKE_BUILD_TYPE=Release", folder=tmp_path)
    run("cmake", "--build", tmp_path, folder=tmp_path)
    assert "100% tests passed" in run("ctest", "--no-tests=error", "--output-on-failure", folder=tmp_path)


def test_the_command_line_of_a_stranger(debian, tmp_path):
    (places,) = debian.glob("usr/lib/*/pkgconfig")
    flags = run("pkg-config", "--cflags", "--libs", "tutela", folder=tmp_path, PKG_CONFIG_PATH=str(places)).split()
    run("g++", "-std=c++20", ROOT / "examples" / "decide.cpp", *flags, "-o", "decide", folder=tmp_path)
    assert "a human has to decide, nobody knows need.day_service_accepts_age" in run("./decide", folder=tmp_path)
    told = run("g++", "-std=c++17", ROOT / "examples" / "decide.cpp", *flags, "-o", "older", folder=tmp_path, fails=True)
    assert "Tutela needs C++20: compile with -std=c++20" in told


def test_the_program_reads_the_packs_that_are_beside_it(debian, tmp_path):
    place = f"{debian}/usr/bin:/usr/bin:/bin"
    cases = ROOT / "examples" / "data" / "cases" / "synthetic-300.ndjson"
    named = run("tutela", "decide", "--pack", "md/child-protection", "--on", "2026-03-02", "--json", cases, folder=tmp_path, PATH=place)
    folder = debian / "usr" / "share" / "tutela" / "packs" / "md" / "child-protection"
    assert named == run("tutela", "decide", "--pack", folder, "--on", "2026-03-02", "--json", cases, folder=tmp_path, PATH=place)
    assert list((debian / "usr" / "share" / "tutela" / "schemas").glob("*.json"))


@pytest.mark.parametrize(("typed", "found"), [(("tutela", "tim"), "timeline"), (("tutela", "check", "--prohib"), "--prohibited")])
def test_bash_completes_verbs_and_options(debian, tmp_path, typed, found):
    script = (f"source {debian}/usr/share/bash-completion/completions/tutela; COMP_WORDS=({' '.join(typed)}); COMP_CWORD={len(typed) - 1};"
              ' _tutela; echo "${COMPREPLY[*]}"')
    assert run("bash", "-c", script, folder=tmp_path, PATH=f"{debian}/usr/bin:/usr/bin:/bin") == f"{found}\n"


# npm

@pytest.fixture
def node(tmp_path):
    """A folder in which the tarball was installed."""
    tarball = package("tutela-*.tgz")
    (tmp_path / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    run("npm", "install", "--offline", "--no-audit", "--no-fund", tarball, folder=tmp_path)
    return tmp_path


def test_node_gives_the_first_verdict(node):
    (node / "first.mjs").write_text(textwrap.dedent("""\
        import {readFileSync} from 'node:fs';
        import {load} from 'tutela';

        const tutela = await load(readFileSync(new URL(import.meta.resolve('tutela/tutela.wasm'))));
        const session = tutela.loadPack('md/child-protection').session();
        const child = {format: 'tutela-case/1', id: 'c-1', jurisdiction: 'MD', kind: 'child_protection'};
        for (const facts of [{'person.birth_date': '2025-01-10'}, {'person.birth_date': '2025-01-10', 'family.vulnerable': true}]) {
          session.setCase({...child, facts});
          const verdict = session.decide('day_service', '2026-03-02');
          console.log(verdict.outcome === 'known' ? `known: ${verdict.value}` : `unknown: ask ${verdict.missing[0]}`);
        }
        """), encoding="utf-8")
    assert run("node", "first.mjs", folder=node) == ANSWERS


def test_node_calls_the_c_library_for_tables(node, debian):
    brought = ROOT / "build" / "node_modules" / "koffi"
    if not brought.is_dir():
        pytest.skip("npm has not brought koffi")
    (node / "node_modules" / "koffi").symlink_to(brought)
    (node / "table.mjs").write_text(textwrap.dedent("""\
        import {Column, open} from 'tutela/native';

        const law = open(process.argv[2]).loadPack('md/child-protection');
        const columns = [Column.dates('person.birth_date', ['2025-01-10', '2025-01-10']), Column.booleans('family.vulnerable', [null, true])];
        const answers = law.batch({on: '2026-03-02', decisions: ['day_service'], missing: true}, columns).decide(columns, 2);
        console.log(`unknown: ask ${answers.missing('day_service', 0)[0]}`);
        console.log(`known: ${answers.isTrue('day_service', 1)}`);
        """), encoding="utf-8")
    (library,) = debian.glob("usr/lib/*/libtutela_c.so.0")
    assert run("node", "table.mjs", library, folder=node) == ANSWERS


def test_tables_without_koffi_say_so(node):
    (node / "none.mjs").write_text("import 'tutela/native';\n", encoding="utf-8")
    assert "koffi" in run("node", "none.mjs", folder=node, fails=True)


def test_typescript_knows_the_types(node):
    if not shutil.which("tsc"):
        pytest.skip("TypeScript is not here")
    compiler = ("tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "node16", "--moduleResolution", "node16")
    (node / "right.ts").write_text(textwrap.dedent("""\
        import {load, type Verdict} from 'tutela';

        export async function first(module: Promise<Response>): Promise<string[]> {
          const session = (await load(module)).loadPack('md/child-protection').session();
          const verdict: Verdict = session.decide('day_service', '2026-03-02', 'ro');
          return verdict.outcome === 'unknown' ? verdict.missing : [];
        }
        """), encoding="utf-8")
    (node / "table.ts").write_text(textwrap.dedent("""\
        import {Column, open, type Answers} from 'tutela/native';

        export function answers(): Answers {
          const columns = [Column.days('person.birth_date', new Int32Array(2)), Column.booleans('family.vulnerable', [true, null]).nulls('none')];
          return open().loadPack('md/child-protection').batch({on: '2026-03-02', missing: true}, columns).decide(columns, 2);
        }
        """), encoding="utf-8")
    run(*compiler, "right.ts", "table.ts", folder=node)
    table = (node / "table.ts").read_text(encoding="utf-8").replace("'none'", "'no'").replace("Int32Array", "Float64Array")
    (node / "wrong_table.ts").write_text(table, encoding="utf-8")
    assert len(re.findall("error TS", run(*compiler, "wrong_table.ts", folder=node, fails=True))) == 2
    wrong = (node / "right.ts").read_text(encoding="utf-8").replace("'unknown'", "'no'").replace("'ro'", "'german'")
    (node / "wrong.ts").write_text(wrong, encoding="utf-8")
    assert len(re.findall("error TS", run(*compiler, "wrong.ts", folder=node, fails=True))) == 2
