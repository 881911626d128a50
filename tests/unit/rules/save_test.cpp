// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is saved is DMN 1.5 that means the same, with nothing lost.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

#include "rules/dmn_document.hpp"
#include "unit/rules/kit.hpp"
#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;
using detail::parse_xml;
using detail::write_dmn;
using detail::XmlElement;

std::string content(std::filesystem::path const& path)
{
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder that is gone at the end of a test.
struct TemporaryFolder {
  TemporaryFolder()
      : path(std::filesystem::temp_directory_path() /
             (std::string("tutela_save_") + testing::UnitTest::GetInstance()->current_test_info()->name()))
  {
    std::filesystem::remove_all(path);  // tests run beside each other, each in a folder of its own name
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

// --- everything that a model means, as text -------------------------------------------------------------------------

template <class T>
std::string printed(std::optional<T> const& expression)
{
  return expression ? expression->to_string() : "nothing";
}

std::string printed(detail::Declared const& type)
{
  return to_string(type.type) + (type.item ? "=" + type.item->name + "{" + type.item->allowed_text + "}" : "");
}

std::string printed(detail::LawNote const& note)
{
  std::string text;
  if (note.law.from) text += " from " + to_string(*note.law.from);
  if (note.law.until) text += " until " + to_string(*note.law.until);
  for (auto const& citation : note.citations) text += " [" + to_string(citation) + "]";
  for (auto const& duty : note.duties) text += " duty " + duty.clock + " to " + duty.to;
  for (auto const language : {Language::en, Language::ro, Language::uk, Language::ru})
    text += " " + note.label.in(language);
  return text + (note.separation ? " separation" : "") + std::to_string(static_cast<int>(note.effect));
}

void print(std::ostream& out, detail::Boxed const& boxed)
{
  out << "(" << static_cast<int>(boxed.kind) << " " << printed(boxed.type) << " " << boxed.text << " "
      << printed(boxed.expression);
  for (auto const& name : boxed.names) out << " :" << name;
  for (auto const& type : boxed.types) out << " " << printed(type);
  for (auto const& child : boxed.children) print(out, child);
  if (boxed.table) {
    auto const& table = *boxed.table;
    out << " table " << static_cast<int>(table.policy) << static_cast<int>(table.aggregation);
    for (auto const& input : table.inputs)
      out << "\n in " << printed(input.expression) << printed(input.type) << printed(input.allowed);
    for (auto const& output : table.outputs) {
      out << "\n out " << output.name << printed(output.type) << printed(output.fallback);
      for (auto const& value : output.ranking) out << " " << to_string(value);
    }
    for (auto const& rule : table.rules) {
      out << "\n rule";
      for (auto const& test : rule.tests) out << " | " << printed(test);
      for (auto const& output : rule.outputs) out << " || " << printed(output);
      out << printed(rule.note);
    }
  }
  out << ")";
}

std::string meaning(detail::Model const& model)
{
  std::ostringstream out;
  for (auto const& file : model.files) out << "file " << file.name << " " << file.space << "\n";
  for (auto const& item : model.items) out << "type " << item->name << " " << to_string(item->type) << "\n";
  for (auto const& node : model.nodes) {
    out << "node " << static_cast<int>(node.kind) << node.model << " " << node.name << " as " << node.variable << "\n";
    for (auto const& text : node.texts) {
      out << " text " << text.id << " " << printed(text.type) << printed(text.note) << " ";
      for (auto const index : text.requirements) out << " needs " << index;
      for (auto const index : text.outputs) out << " gives " << index;
      for (auto const index : text.service_inputs) out << " takes " << index;
      for (std::size_t i = 0; i < text.parameters.size(); ++i)
        out << " :" << text.parameters[i] << printed(text.parameter_types[i]);
      print(out, text.body);
      out << "\n";
    }
  }
  return out.str();
}

// --- the same elements, attributes and texts ------------------------------------------------------------------------

/// The first difference of two documents. A reference to a type may have lost its prefix.
std::string difference(XmlElement const& one, XmlElement const& other, std::string const& path = {})
{
  auto const here = path + "/" + one.name;
  if (one.name != other.name || one.space != other.space) return here + ": another element " + other.name;
  if (one.text != other.text && one.name != "typeRef") return here + ": another text";
  if (one.attributes.size() != other.attributes.size()) return here + ": other attributes";
  for (std::size_t i = 0; i < one.attributes.size(); ++i) {
    auto const& [key, value] = one.attributes[i];
    if (key != other.attributes[i].first || (value != other.attributes[i].second && key != "typeRef"))
      return here + ": another attribute " + key;
  }
  if (one.children.size() != other.children.size()) return here + ": more or fewer elements";
  for (std::size_t i = 0; i < one.children.size(); ++i)
    if (auto found = difference(one.children[i], other.children[i], here); !found.empty()) return found;
  return {};
}

// --- earlier versions -----------------------------------------------------------------------------------------------

struct Version {
  char const* model;
  char const* feel;
  char const* diagrams;
};

constexpr std::array<Version, 4> earlier{
    {{"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/FEEL/20140401",
      "http://www.omg.org/spec/DMN/20180521/DMNDI/"},
     {"http://www.omg.org/spec/DMN/20180521/MODEL/", "http://www.omg.org/spec/DMN/20180521/FEEL/",
      "http://www.omg.org/spec/DMN/20180521/DMNDI/"},
     {"https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20191111/FEEL/",
      "https://www.omg.org/spec/DMN/20191111/DMNDI/"},
     {"https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20211108/FEEL/",
      "https://www.omg.org/spec/DMN/20191111/DMNDI/"}}};

void replace_all(std::string& text, std::string_view what, std::string_view by)
{
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// A document of DMN 1.5 under the names of an earlier version.
std::string as(Version const& version, std::string text)
{
  replace_all(text, "https://www.omg.org/spec/DMN/20230324/MODEL/", version.model);
  replace_all(text, "https://www.omg.org/spec/DMN/20230324/FEEL/", version.feel);
  replace_all(text, "https://www.omg.org/spec/DMN/20230324/DMNDI/", version.diagrams);
  return text;
}

std::vector<std::filesystem::path> models_below(std::filesystem::path const& folder)
{
  std::vector<std::filesystem::path> found;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".dmn") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Save, WritesWhatDmn11SaysInTheWordsOfDmn15)
{
  std::string const old = R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- made by hand -->
<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:own="urn:test" xmlns:other="urn:other" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.omg.org/spec/DMN/20151101/dmn.xsd dmn.xsd urn:x x.xsd" xmlns:x="urn:x" name="m" namespace="urn:test" expressionLanguage="http://www.omg.org/spec/FEEL/20140401">
  <import namespace="urn:other" importType="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>
  <itemDefinition name="tAge"><typeRef> feel:number </typeRef></itemDefinition>
  <inputData id="i" name="age"><variable name="age" typeRef="own:tAge"/></inputData>
  <businessKnowledgeModel id="b" name="twice">
    <encapsulatedLogic><formalParameter name="n" typeRef="feel:number"/><literalExpression><text>n * 2 &lt; 3</text></literalExpression></encapsulatedLogic>
    <variable name="twice"/>
  </businessKnowledgeModel>
  <decision id="d" name="d" x:note="kept">
    <extensionElements><x:seen by="feel:number"><copy xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/><!-- kept --></x:seen></extensionElements>
    <variable name="d" typeRef="feel:boolean"/>
    <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
    <literalExpression><text><![CDATA[twice(1)]]></text></literalExpression>
  </decision>
</definitions>
)";
  std::string const expected = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:feel="https://www.omg.org/spec/DMN/20230324/FEEL/" xmlns:own="urn:test" xmlns:other="urn:other" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd" xmlns:x="urn:x" name="m" namespace="urn:test" expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/">
  <import namespace="urn:other" importType="https://www.omg.org/spec/DMN/20230324/MODEL/" name=""/>
  <itemDefinition name="tAge"><typeRef> number </typeRef></itemDefinition>
  <inputData id="i" name="age"><variable name="age" typeRef="tAge"/></inputData>
  <businessKnowledgeModel id="b" name="twice">
    <variable name="twice"/>
    <encapsulatedLogic><formalParameter name="n" typeRef="number"/><literalExpression><text>n * 2 &lt; 3</text></literalExpression></encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="d" name="d" x:note="kept">
    <extensionElements><x:seen by="feel:number"><copy xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/><!-- kept --></x:seen></extensionElements>
    <variable name="d" typeRef="boolean"/>
    <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
    <literalExpression><text><![CDATA[twice(1)]]></text></literalExpression>
  </decision>
</definitions>
)";
  EXPECT_EQ(write_dmn(old, {}), expected);
  EXPECT_EQ(write_dmn(expected, {}), expected);
}

TEST(Save, NamesTypesOfAnImportedModelByTheImport)
{
  std::string const text =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:o="urn:other" name="m" namespace="urn:test"><import name="law" namespace="urn:other" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/><inputData id="i" name="i"><variable name="i" typeRef="o:tAge"/></inputData></definitions>)";
  EXPECT_NE(write_dmn(text, {}).find("typeRef=\"law.tAge\""), std::string::npos) << write_dmn(text, {});
}

TEST(Save, KeepsDiagramsAndExtensionsOfOtherPrograms)
{
  // Synthetic: a model as a modelling program writes it.
  std::string const text = R"(<?xml version="1.0" encoding="UTF-8"?>
<semantic:definitions xmlns:semantic="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:tool="urn:tool" id="m" name="m" namespace="urn:m">
  <semantic:decision id="d" name="d">
    <semantic:extensionElements><tool:colour rgb="#ff0000">a &amp; b</tool:colour></semantic:extensionElements>
    <semantic:variable name="d" typeRef="number"/>
    <semantic:literalExpression><semantic:text>1</semantic:text></semantic:literalExpression>
  </semantic:decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="g" tool:zoom="1.5"><di:extension><tool:layer xmlns:old="https://www.omg.org/spec/DMN/20191111/MODEL/"/></di:extension>
      <dmndi:DMNShape id="s" dmnElementRef="d"><dc:Bounds x="10" y="20" width="100" height="50"/></dmndi:DMNShape>
      <dmndi:DMNEdge id="e" dmnElementRef="d"><di:waypoint x="1" y="2"/><di:waypoint x="3" y="4"/></dmndi:DMNEdge>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</semantic:definitions>
)";
  for (auto const& version : earlier) {
    auto old = as(version, text);
    // What stands in an extension is its owner's, also where it looks like ours.
    replace_all(old, "xmlns:old=\"" + std::string(version.model),
                "xmlns:old=\"https://www.omg.org/spec/DMN/20191111/MODEL/");
    EXPECT_EQ(write_dmn(old, {}), text);
  }
}

TEST(Save, AShippedPackIsKeptToTheByte)
{
  for (auto const& id : shipped_packs()) {
    TemporaryFolder const folder;
    auto const loaded = load_pack(id).value();
    auto const where = loaded.save(folder.path.string());
    ASSERT_TRUE(where.has_value()) << to_string(where.diagnostics());
    auto const again = load_pack(*where);
    ASSERT_TRUE(again.has_value()) << to_string(again.diagnostics());
    EXPECT_EQ(again->info().digest, loaded.info().digest);
    for (auto const& entry : std::filesystem::directory_iterator(folder.path)) {
      if (entry.path().filename() == "manifest.json") continue;
      auto const original = std::filesystem::path(TUTELA_SOURCE_DIR) / "src/packs" / id / entry.path().filename();
      EXPECT_EQ(content(entry.path()), content(original)) << original;
    }
  }
}

TEST(Save, AnOldPackReadsBackEqual)
{
  for (auto const& version : earlier) {
    for (auto const& id : shipped_packs()) {
      TemporaryFolder const folder;
      std::filesystem::create_directories(folder.path / "old");
      for (auto const& file : load_pack(id).value().files())
        if (file.name != "manifest.json")
          std::ofstream(folder.path / "old" / file.name, std::ios::binary) << as(version, file.text);
      auto const old = load_pack((folder.path / "old").string()).value();
      auto const saved = load_pack(old.save((folder.path / "new").string()).value()).value();
      EXPECT_EQ(saved.info().id, old.info().id);
      EXPECT_EQ(saved.schema().declarations().size(), old.schema().declarations().size());
      for (auto const& decision : old.decisions()) {
        ASSERT_NE(saved.find(decision.name), nullptr);
        EXPECT_EQ(saved.find(decision.name)->facts, decision.facts);
      }
      auto texts = [](Pack const& pack) {
        std::vector<detail::SourceText> sources;
        for (auto const& file : pack.files())
          if (file.name.find(".dmn") != std::string::npos) sources.push_back({file.name, file.text});
        return sources;
      };
      auto const one = detail::read_model(texts(load_pack(id).value()), true, Mode::legal, {}).value();
      auto const other = detail::read_model(texts(saved), true, Mode::legal, {}).value();
      EXPECT_EQ(meaning(*one), meaning(*other));
      // Saved once more, nothing changes.
      EXPECT_EQ(load_pack(saved.save((folder.path / "again").string()).value()).value().info().digest,
                saved.info().digest);
    }
  }
}

TEST(Save, ALoneModelTakesItsImportsAlong)
{
  TemporaryFolder const folder;
  std::filesystem::create_directories(folder.path / "old");
  auto write = [&](std::string const& name, std::string text) {
    replace_all(text, "https://www.omg.org/spec/DMN/20230324/MODEL/", earlier[1].model);
    std::ofstream(folder.path / "old" / name, std::ios::binary) << text;
  };
  auto imported = dmn(input("x", "number") + decision("b", {"x"}, literal("x + 1")));
  replace_all(imported, "urn:test", "urn:imported");
  write("main.dmn",
        dmn("<import name=\"lib\" namespace=\"urn:imported\" "
            "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"
            "<decision id=\"d_a\" name=\"a\"><variable name=\"a\"/><informationRequirement><requiredDecision "
            "href=\"urn:imported#d_b\"/></informationRequirement>" +
            literal("lib.b * 2") + "</decision>"));
  write("lib.dmn", imported);
  write("unrelated.dmn", "<not DMN>");
  auto const old = load_pack((folder.path / "old" / "main.dmn").string()).value();
  auto const where = old.save((folder.path / "new").string()).value();
  EXPECT_EQ(where, (folder.path / "new" / "main.dmn").string());
  auto const saved = load_pack(where).value();
  EXPECT_EQ(saved.decide("a", record({{"x", number(4)}}), {}).value, number(10));
  EXPECT_EQ(saved.files().size(), 2u);
  for (auto const& file : saved.files()) EXPECT_NE(file.text.find(detail::dmn_space), std::string::npos);
}

TEST(Save, ADocumentInMemoryGetsAName)
{
  TemporaryFolder const folder;
  auto const pack = parse_pack(dmn(decision("a", {}, literal("1")))).value();
  EXPECT_EQ(pack.save(folder.path.string()).value(), (folder.path / "model.dmn").string());
  EXPECT_EQ(parse_pack(dmn(""), "https://example.org/a/b.dmn").value().files().front().name, "b.dmn");
}

TEST(Save, OverwritesNothing)
{
  TemporaryFolder const folder;
  auto const pack = parse_pack(dmn(decision("a", {}, literal("1")))).value();
  std::filesystem::create_directories(folder.path);
  EXPECT_TRUE(pack.save(folder.path.string()).has_value());
  auto const again = pack.save(folder.path.string());
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.diagnostics().front().code, Code::not_allowed);
  EXPECT_EQ(pack.save((folder.path / "model.dmn").string()).diagnostics().front().code, Code::unreadable);
}

TEST(Save, EveryModelOfTheKitReadsBackEqual)
{
  if (!std::filesystem::is_directory(kit_folder())) GTEST_SKIP() << "outside material is absent: " << kit_folder();
  for (auto const& path : models_below(kit_folder())) {
    auto const original = content(path);
    auto const whole = parse_xml(original, path.string(), {}).value();
    std::vector<detail::SourceText> beside;
    for (auto const& other : models_below(path.parent_path()))
      if (other != path) beside.push_back({other.string(), content(other)});
    auto read = [&](auto const& change) {
      std::vector<detail::SourceText> sources{{path.string(), change(original)}};
      for (auto const& other : beside) sources.push_back({other.file, change(other.text)});
      return meaning(*detail::read_model(sources, false, Mode::conformance, {}).value());
    };
    auto const meant = read([](std::string const& text) { return text; });
    EXPECT_EQ(read([](std::string const& text) { return write_dmn(text, {}); }), meant) << path;
    for (auto const& version : earlier) {
      auto const renewed = [&](std::string const& text) { return write_dmn(as(version, text), {}); };
      EXPECT_EQ(read(renewed), meant) << path;
      EXPECT_EQ(difference(whole, parse_xml(renewed(original), path.string(), {}).value()), "") << path;
      EXPECT_EQ(write_dmn(renewed(original), {}), renewed(original)) << path;
    }
  }
}

TEST(Save, TheCasesOfTheKitPassOnSavedCopies)
{
  if (!std::filesystem::is_directory(kit_folder())) GTEST_SKIP() << "outside material is absent: " << kit_folder();
  TemporaryFolder const folder;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(kit_folder())) {
    if (!entry.is_regular_file()) continue;
    auto const target = folder.path / std::filesystem::relative(entry.path(), kit_folder());
    std::filesystem::create_directories(target.parent_path());
    auto text = content(entry.path());
    if (entry.path().extension() == ".dmn") text = write_dmn(as(earlier[2], std::move(text)), {});
    std::ofstream(target, std::ios::binary) << text;
  }
  auto const report = run_test_cases(folder.path.string()).value();
  EXPECT_EQ(report.failed, 0u) << failures(report);
  EXPECT_EQ(report.passed, 2'722u);
}

}  // namespace
}  // namespace tutela
