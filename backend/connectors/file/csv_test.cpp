#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/file/csv_format.hpp"
#include "connectors/file/file_test_support.hpp"

namespace migrateiq::file {
namespace {

class CsvTest : public FolderTest {
 protected:
  /// The shape and rows of one CSV file.
  std::string Read(const std::string& text, std::map<std::string, std::string> parameters = {}) {
    Put("t.csv", text);
    const auto source = OpenAs(UrlOf("csv", "", std::move(parameters)));
    Result<Catalog> catalog = source->Discover({});
    if (!catalog) return catalog.error().ToString();
    const Table& table = catalog->tables.at(0);
    const ReadResult read = ReadAll(*source, table);
    findings_ = read.findings;
    return Shape(table) + "\n" + read.rows;
  }
  std::string TypeOf(const std::string& values) {
    const std::string shape = Read("x\n" + values);
    return shape.substr(2, shape.find('\n') - 2);
  }
  std::vector<Finding> findings_;
};

TEST_F(CsvTest, TypesAreNeverNarrowerThanAnyValue) {
  EXPECT_EQ(TypeOf("1\n-22\n0\n"), "int64");
  EXPECT_EQ(TypeOf("123456789012345678\n"), "int64");
  EXPECT_EQ(TypeOf("1234567890123456789\n"), "string");
  EXPECT_EQ(TypeOf("1\n007\n"), "string");
  EXPECT_EQ(TypeOf("+49\n"), "string");
  EXPECT_EQ(TypeOf("-0\n"), "string");
  EXPECT_EQ(TypeOf("1.5\n10\n-200.25\n"), "decimal(5,2)");
  EXPECT_EQ(TypeOf("00.5\n"), "string");
  EXPECT_EQ(TypeOf("1e3\n2\n"), "double");
  EXPECT_EQ(TypeOf("1e3\n12345678901234567\n"), "string");
  EXPECT_EQ(TypeOf("1e400\n"), "string");
  EXPECT_EQ(TypeOf("1.5\nNaN\n-Infinity\n"), "double");
  EXPECT_EQ(TypeOf("NaN\n"), "string");
  EXPECT_EQ(TypeOf("true\nFALSE\n"), "bool");
  EXPECT_EQ(TypeOf("true\n1\n"), "string");
  EXPECT_EQ(TypeOf("2020-02-29\n"), "date");
  EXPECT_EQ(TypeOf("2021-02-29\n"), "string");
  EXPECT_EQ(TypeOf("0000-00-00\n"), "string");
  EXPECT_EQ(TypeOf("2020-02-29 10:00:00\n2020-02-29T10:00:00.25\n"), "timestamp");
  EXPECT_EQ(TypeOf("2020-02-29 10:00:00Z\n2020-02-29 10:00:00+02:00\n"), "timestamptz");
  EXPECT_EQ(TypeOf("2020-02-29 10:00:00Z\n2020-02-29 10:00:00\n"), "string");
  EXPECT_EQ(TypeOf("2020-02-29\n2020-02-29 10:00:00\n"), "string");
  EXPECT_EQ(TypeOf("01234567-89ab-cdef-0123-456789abcdef\n"), "uuid");
  EXPECT_EQ(TypeOf(" 1\n"), "string");
  EXPECT_EQ(TypeOf("1\n2020-01-01\n"), "string");
  EXPECT_EQ(TypeOf("\"12\"\n"), "int64");
  EXPECT_EQ(TypeOf("1\n\"\"\n"), "string");
}

TEST_F(CsvTest, NothingIsNullAndQuotedNothingIsEmptyText) {
  EXPECT_EQ(Read("a,b\n1,\n,x\n,\"\"\n"), "a:int64? b:string?\n1|~\n~|x\n~|\n");
  EXPECT_EQ(Read("a\nx\n\n\"\"\n"), "a:string?\nx\n~\n\n");
}

TEST_F(CsvTest, ValuesAreExact) {
  EXPECT_EQ(Read("a,b,c,d\n1.50,1e22,true,2020-01-01 10:00:00.5\n-0.25,0.1,false,1969-12-31 23:59:59\n"),
            "a:decimal(3,2) b:double c:bool d:timestamp\n1.50|1e+22|true|2020-01-01 10:00:00.500000\n"
            "-0.25|0.1|false|1969-12-31 23:59:59\n");
}

TEST_F(CsvTest, ReadsQuotesAndLineEndsInsideFields) {
  EXPECT_EQ(Read("\"a\nb\",c\n\"x\ny\",\"say \"\"hi\"\"\"\n5\" pipe,z\n"),
            "a\nb:string c:string\nx\ny|say \"hi\"\n5\" pipe|z\n");
}

TEST_F(CsvTest, LineEndsOfAllSystems) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string e = end;
    EXPECT_EQ(Read("a,b" + e + "1,2" + e + "\"3\",\"4\"" + e), "a:int64 b:int64\n1|2\n3|4\n");
    EXPECT_EQ(Read("a,b" + e + "1,2" + e + "3,4"), "a:int64 b:int64\n1|2\n3|4\n");
  }
  EXPECT_EQ(Read("a,b\nx\ry,2\n"), "a:string b:int64\nx\ry|2\n");
}

TEST_F(CsvTest, RaggedRowsAreFindingsAndNeverRows) {
  EXPECT_EQ(
      Read("a,b\n1,2\n3\n4,5,6\n7,8\n"),
      "a:int64? b:int64?\n1|2\n!3 : 1 field instead of 2 (t.csv:3)\n!4,5,6 : 3 fields instead of 2 (t.csv:4)\n7|8\n");
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_EQ(findings_[0].kind, FindingKind::kWrongType);
  EXPECT_EQ(findings_[0].column, -1);
}

TEST_F(CsvTest, BlankLinesAreNoRowsInWiderFiles) {
  EXPECT_EQ(Read("a,b\n1,2\n\n3,4\n\n\n"), "a:int64 b:int64\n1|2\n3|4\n");
}

TEST_F(CsvTest, TextBehindAClosingQuoteIsAFinding) {
  EXPECT_EQ(Read("a,b\n\"x\"y,2\n\"z\",3\n"),
            "a:string? b:int64?\n!\"x\"y,2 : text behind a closing quote (t.csv:2)\nz|3\n");
}

TEST_F(CsvTest, BackslashesEscapeOnlyWhereNothingElseMakesSense) {
  EXPECT_EQ(Read("a,b\n\"x \\\"y\\\" z\",2\n\"p\\\\q\",3\n"), "a:string b:int64\nx \"y\" z|2\np\\q|3\n");
  EXPECT_EQ(Read("a,b\n\"x\\\",2\n\"p\\\\q\",3\n"), "a:string b:int64\nx\\|2\np\\\\q|3\n");
  EXPECT_EQ(Read("a,b\n\"x\\\\\",2\n", {{"escape", "\\"}}), "a:string b:int64\nx\\|2\n");
}

TEST_F(CsvTest, UnclosedQuoteNamesItsLine) {
  Put("t.csv", "a,b\n1,2\n3,\"x\ny\n");
  const Result<Catalog> catalog = OpenAs(UrlOf("csv"))->Discover({});
  ASSERT_FALSE(catalog);
  EXPECT_TRUE(catalog.error().Is(codes::kReadMalformed));
  EXPECT_NE(catalog.error().message.find("line 3"), std::string::npos) << catalog.error().message;
  EXPECT_EQ(catalog.error().place, "t.csv");
}

TEST_F(CsvTest, GuessesTheDelimiter) {
  EXPECT_EQ(Read("a;b\n1,5;2\n2,5;3\n"), "a:string b:int64\n1,5|2\n2,5|3\n");
  EXPECT_EQ(Read("a\tb\n1\t2\n"), "a:int64 b:int64\n1|2\n");
  EXPECT_EQ(Read("a|b\n1|2\n"), "a:int64 b:int64\n1|2\n");
  EXPECT_EQ(Read("a;b\n1;2\n", {{"delimiter", ","}}), "a;b:string\n1;2\n");
  EXPECT_EQ(Read("a;b,c\nx,1\n", {{"delimiter", ","}}), "a;b:string c:int64\nx|1\n");
}

TEST_F(CsvTest, Encodings) {
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "a,b\nä,1\n"),
            "a:string b:int64\nä|1\n");
  EXPECT_EQ(Read("a,b\n\x80\xE4,1\n", {{"encoding", "cp1252"}}), "a:string b:int64\n€ä|1\n");
  EXPECT_EQ(Read("a,b\n\xCF\xF0,1\n", {{"encoding", "cp1251"}}), "a:string b:int64\nПр|1\n");
  EXPECT_EQ(Read(std::string("\xFF\xFE"
                             "a\0,\0b\0\n\0\xE4\0,\0001\0\n\0",
                             18)),
            "a:string b:int64\nä|1\n");
  EXPECT_EQ(Read(std::string("\0a\0,\0b\0\n\0x\0,\0001\0\n", 16)), "a:string b:int64\nx|1\n");
}

TEST_F(CsvTest, InvalidUtf8IsAFindingWithItsPlace) {
  EXPECT_EQ(Read("a,b\nx,1\n\xE4,2\n"), "a:string b:int64\nx|1\n~|2\n");
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(findings_[0].kind, FindingKind::kEncoding);
  EXPECT_EQ(findings_[0].original, "\\xe4");
  EXPECT_NE(findings_[0].detail.find("t.csv:3"), std::string::npos);
}

TEST_F(CsvTest, NulBytesAreKept) {
  EXPECT_EQ(Read(std::string("a,b\nx\0y,1\n", 10)), std::string("a:string b:int64\nx\0y|1\n", 23));
}

TEST_F(CsvTest, EmptyFilesAndHeadersAlone) {
  EXPECT_EQ(Read(""), "\n");
  EXPECT_EQ(Read("a,b\n"), "a:string? b:string?\n");
  EXPECT_EQ(Read("a,b"), "a:string? b:string?\n");
  EXPECT_EQ(Read("\n\na,b\n1,2\n"), "a:int64 b:int64\n1|2\n");
}

TEST_F(CsvTest, NamesThatCannotBeColumnsAreReplaced) {
  EXPECT_EQ(Read("a,,a,a_2\n1,2,3,4\n"), "a:int64 column2:int64 a_3:int64 a_2:int64\n1|2|3|4\n");
  EXPECT_EQ(Read("1,2\n3,4\n", {{"header", "false"}}), "column1:int64 column2:int64\n1|2\n3|4\n");
}

TEST_F(CsvTest, LongFields) {
  const std::string big(3 << 20, 'x');
  EXPECT_EQ(Read("a,b\n1,\"" + big + "\"\n2,y\n"), "a:int64 b:string\n1|" + big + "\n2|y\n");
}

TEST_F(CsvTest, FolderOfPartsIsOneTableAndHeadersMustAgree) {
  Put("t/part-0001.csv", "a,b\n1,2\n");
  Put("t/part-0002.csv", "a;b\n3;x\n");
  const auto source = OpenAs(UrlOf("csv"));
  const Catalog catalog = source->Discover({}).value();
  EXPECT_EQ(Shape(catalog.tables.at(0)), "a:int64 b:string");
  EXPECT_EQ(ReadAll(*source, catalog.tables[0]).rows, "1|2\n3|x\n");
  EXPECT_EQ(source->CountRows({.table = &catalog.tables[0]}).value(), 2);
  Put("t/part-0003.csv", "a,c\n1,2\n");
  EXPECT_TRUE(OpenAs(UrlOf("csv"))->Discover({}).error().Is(codes::kReadMalformed));
}

TEST_F(CsvTest, ChosenColumnsInTheOrderWanted) {
  Put("t.csv", "a,b,c\n1,2,3\n");
  const auto source = OpenAs(UrlOf("csv", "t.csv"));
  const Catalog catalog = source->Discover({}).value();
  ReadRequest request{.table = &catalog.tables.at(0), .columns = {"c", "a"}};
  const Split split = source->PlanSplits(request, {})->at(0);
  auto reader = std::move(source->OpenReader(request, split, 0).value());
  Batch batch(reader->schema());
  ASSERT_TRUE(reader->Next(batch).value());
  EXPECT_EQ(Show(batch), "3|1\n");
  EXPECT_EQ(batch.place, "t.csv:2");
  request.columns = {"d"};
  EXPECT_TRUE(source->OpenReader(request, split, 0).error().Is(codes::kSchemaMissing));
  request = {.table = &catalog.tables.at(0), .where = "a > 1"};
  EXPECT_TRUE(source->PlanSplits(request, {}).error().Is(codes::kSchemaUnsupported));
  EXPECT_TRUE(source->DescribeQuery("SELECT 1").error().Is(codes::kSchemaUnsupported));
}

TEST_F(CsvTest, GivenTypesBeatInferenceAndMisfitsAreFindings) {
  Put("t.csv", "a,b,c,d\n1,x,2020-01-01,\\x00ff\n300,,0000-00-00,zz\n1.5,yy,nonsense,\\x\n");
  Table table{.name = {"", "t"}};
  table.columns = {{.name = "a", .type = LogicalType::Of(TypeKind::kInt8)},
                   {.name = "b", .type = LogicalType::String(1)},
                   {.name = "c", .type = LogicalType::Of(TypeKind::kDate)},
                   {.name = "d", .type = LogicalType::Bytes()}};
  const auto source = OpenAs(UrlOf("csv"));
  const ReadResult read = ReadAll(*source, table);
  EXPECT_EQ(read.rows, "1|x|2020-01-01|\\x00ff\n~|~|~|~\n~|~|~|\\x\n");
  std::multiset<FindingKind> kinds;
  for (const Finding& finding : read.findings) kinds.insert(finding.kind);
  EXPECT_EQ(kinds,
            (std::multiset<FindingKind>{FindingKind::kOutOfRange, FindingKind::kPrecision, FindingKind::kTooLong,
                                        FindingKind::kZeroDate, FindingKind::kWrongType, FindingKind::kWrongType}));
}

TEST_F(CsvTest, SplitsOfAnySizeReadTheSameRows) {
  std::string text = "a,b\n", expected;
  for (int i = 0; i < 2000; ++i) {
    const std::string n = std::to_string(i);
    text += n + (i % 7 == 0 ? ",\"x\n\"\"" + n + "\"\n" : ",y" + n + "\n");
    expected += n + (i % 7 == 0 ? "|x\n\"" + n + "\n" : "|y" + n + "\n");
  }
  Put("t.csv", text);
  const auto source = OpenAs(UrlOf("csv"));
  const Catalog catalog = source->Discover({}).value();
  for (const int64_t bytes : {1, 100, 5000, 100000}) {
    EXPECT_EQ(ReadAll(*source, catalog.tables[0], {.target_bytes = bytes}).rows, expected);
  }
  const ReadResult by_rows = ReadAll(*source, catalog.tables[0], {.target_rows = 300});
  EXPECT_EQ(by_rows.rows, expected);
  EXPECT_EQ(by_rows.splits, 7);
}

TEST_F(CsvTest, ChangedFileIsNoticed) {
  Put("t.csv", "a,b\n1,2\n");
  const auto source = OpenAs(UrlOf("csv"));
  const Catalog catalog = source->Discover({}).value();
  const ReadRequest request{.table = &catalog.tables.at(0)};
  const Split split = source->PlanSplits(request, {})->at(0);
  EXPECT_TRUE(source->HoldMoment(1, {{"", "t"}}));
  Put("t.csv", "a,b\n1,3000\n");
  EXPECT_TRUE(source->OpenReader(request, split, 0).error().Is(codes::kRunChanged));
  EXPECT_TRUE(source->HoldMoment(1, {{"", "t"}}).error().Is(codes::kRunChanged));
}

TEST_F(CsvTest, BoundsSuffceInAnotherProcess) {
  Put("t.csv", "a;b\n\"x \\\"y\\\" z\";2\n");
  const auto source = OpenAs(UrlOf("csv"));
  const Catalog catalog = source->Discover({}).value();
  const ReadRequest request{.table = &catalog.tables.at(0)};
  const Split split = source->PlanSplits(request, {})->at(0);
  const auto other = OpenAs(UrlOf("csv"));
  auto reader = std::move(other->OpenReader(request, split, 0).value());
  Batch batch(reader->schema());
  ASSERT_TRUE(reader->Next(batch).value());
  EXPECT_EQ(Show(batch), "x \"y\" z|2\n");
}

TEST_F(CsvTest, ParametersAreChecked) {
  EXPECT_TRUE(OpenSource(UrlOf("csv", "", {{"delimiter", "xy"}}), {}).error().Is(codes::kUrlParameter));
  EXPECT_TRUE(OpenSource(UrlOf("csv", "", {{"encoding", "klingon"}}), {}).error().Is(codes::kUrlParameter));
  EXPECT_TRUE(OpenSource(UrlOf("csv", "", {{"header", "maybe"}}), {}).error().Is(codes::kUrlParameter));
  EXPECT_TRUE(OpenTarget(UrlOf("csv", "", {{"encoding", "cp1252"}}), {}).error().Is(codes::kUrlParameter));
  EXPECT_TRUE(OpenSource(UrlOf("csv", "", {{"delimeter", ";"}}), {}).error().Is(codes::kUrlParameter));
}

}  // namespace
}  // namespace migrateiq::file
