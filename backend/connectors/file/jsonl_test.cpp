#include "connectors/file/file_test_support.hpp"
#include "connectors/file/jsonl_parser.hpp"

namespace migrateiq::file {
namespace {

class JsonlTest : public FolderTest {
 protected:
  std::string Read(const std::string& text) {
    Put("t.jsonl", text);
    const auto source = OpenAs(UrlOf("jsonl"));
    Result<Catalog> catalog = source->Discover({});
    if (!catalog) return catalog.error().ToString();
    const Table& table = catalog->tables.at(0);
    const ReadResult read = ReadAll(*source, table);
    findings_ = read.findings;
    return Shape(table) + "\n" + read.rows;
  }
  std::vector<Finding> findings_;
};

TEST_F(JsonlTest, TypesKeepNumbersExact) {
  EXPECT_EQ(
      Read("{\"i\":1,\"d\":1.50,\"b\":true,\"s\":\"x\",\"e\":1e5,\"n\":12345678901234567890,\"t\":\"2020-01-01\"}\n"),
      "i:int64 d:decimal(3,2) b:bool s:string e:double n:decimal(20,0) t:date\n"
      "1|1.50|true|x|1e+05|12345678901234567890|2020-01-01\n");
}

TEST_F(JsonlTest, MissingKeysAreNullAndKeysAreUnited) {
  EXPECT_EQ(Read("{\"a\":1}\n{\"b\":\"x\"}\n\n{\"a\":null,\"b\":\"y\",\"c\":true}\n"),
            "a:int64? b:string? c:bool?\n1|~|~\n~|x|~\n~|y|true\n");
}

TEST_F(JsonlTest, NestedAndMixedValuesAreJsonAsWritten) {
  EXPECT_EQ(Read("{\"a\":{\"x\": [1, \"}\"]},\"m\":1}\n{\"a\":[],\"m\":\"1\"}\n{\"a\":{},\"m\":\"q\\\"\"}\n"),
            "a:jsonb m:jsonb\n{\"x\": [1, \"}\"]}|1\n[]|\"1\"\n{}|\"q\\\"\"\n");
}

TEST_F(JsonlTest, EscapesAreDecoded) {
  EXPECT_EQ(Read("{\"a\":\"\\u00e4\\n\\\"\\\\\\/\\ud83d\\ude00\"}\n"), "a:string\nä\n\"\\/😀\n");
  EXPECT_EQ(Read("{\"a\":\"x\\u0000y\"}\n"), std::string("a:string\nx\0y\n", 13));
}

TEST_F(JsonlTest, LoneSurrogateIsAFinding) {
  EXPECT_EQ(Read("{\"a\":\"\\ud800\"}\n{\"a\":\"ok\"}\n"), "a:string\n~\nok\n");
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(findings_[0].kind, FindingKind::kEncoding);
}

TEST_F(JsonlTest, IllFormedLinesAreFindingsWithTheirPlace) {
  EXPECT_EQ(
      Read("{\"a\":1}\n{\"a\":}\n{\"a\":2,}\n[1]\n{\"a\":01}\n{\"a\":3} x\n{\"new\":1,\n{\"a\":4}"),
      "a:int64?\n1\n!{\"a\":} : not well-formed JSON (t.jsonl:2)\n!{\"a\":2,} : not well-formed JSON (t.jsonl:3)\n"
      "![1] : not a JSON object (t.jsonl:4)\n!{\"a\":01} : not well-formed JSON (t.jsonl:5)\n"
      "!{\"a\":3} x : not well-formed JSON (t.jsonl:6)\n!{\"new\":1, : not well-formed JSON (t.jsonl:7)\n4\n");
}

TEST_F(JsonlTest, KeyThatComesTwiceIsAFindingAndTheLastOneCounts) {
  EXPECT_EQ(Read("{\"a\":1,\"a\":2}\n"), "a:int64\n2\n");
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(findings_[0].kind, FindingKind::kDuplicateJsonKey);
  EXPECT_EQ(findings_[0].column, 0);
  EXPECT_EQ(findings_[0].original, "1");
}

TEST_F(JsonlTest, ArrayIsExplained) {
  const std::string error = Read("[{\"a\":1}]");
  EXPECT_NE(error.find("JSON array"), std::string::npos) << error;
}

TEST_F(JsonlTest, EmptyFile) { EXPECT_EQ(Read(""), "\n"); }

TEST_F(JsonlTest, ColumnsThatComeLateAreNullBefore) {
  std::string text, expected = "a:int64 b:int64?\n";
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text += i < 2000 ? "{\"a\":" + n + "}\n" : "{\"b\":" + n + ", \"a\":" + n + "}\n";
    expected += i < 2000 ? n + "|~\n" : n + "|" + n + "\n";
  }
  EXPECT_EQ(Read(text), expected);
}

TEST(JsonText, DeepNestingIsRefusedNotFatal) {
  const std::string deep(100000, '[');
  EXPECT_EQ(JsonText(deep.data() + deep.size()).SkipValue(deep.data()), nullptr);
}

}  // namespace
}  // namespace migrateiq::file
