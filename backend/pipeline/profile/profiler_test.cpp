// The whole way over sources that need no server.
#include "pipeline/profile/profiler.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/profile/profile_json.hpp"

namespace migrateiq {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(fs::temp_directory_path() / ("miq_profile_" + name + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  std::string url() const { return "csv:" + path_.string(); }

 private:
  fs::path path_;
};

Result<Profile> ProfileOf(const std::string& url, const ProfileOptions& options = {}) {
  MIQ_ASSIGN(const Url parsed, ParseUrl(url, Secrets::kRefuse));
  MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(parsed, {.stop = options.stop}));
  MIQ_ASSIGN(const Catalog catalog, source->Discover({}));
  MIQ_ASSIGN(const std::vector<const Table*> tables, SelectTables(catalog, {}, {}));
  ProfileObserver silent;
  return MakeProfile(*source, tables, options, silent);
}

const ColumnProfile& ColumnOf(const Profile& profile, std::string_view table, std::string_view column) {
  return *Find(*Find(profile, table), column);
}

TEST(Profiler, CountsAndMeasuresEveryColumn) {
  const Folder folder("counts");
  folder.Write("people.csv",
               "id,name,height,born,note\n"
               "1,Ann,1.70,1980-01-02,\n"
               "2,Bob,1.80,1990-03-04,\"\"\n"
               "3,Ann,,2000-05-06,\" \"\n"
               "4,Zoë,1.60,1970-07-08,x\n");
  const auto profile = ProfileOf(folder.url());
  ASSERT_TRUE(profile) << profile.error().ToString();
  const TableProfile& table = *Find(*profile, "people");
  EXPECT_EQ(table.rows, 4);
  EXPECT_EQ(table.sample.basis, Basis::all_rows);
  const ColumnProfile& height = ColumnOf(*profile, "people", "height");
  EXPECT_EQ(height.nulls, 1);
  EXPECT_EQ(height.minimum, "1.60");
  EXPECT_EQ(height.maximum, "1.80");
  EXPECT_NEAR(height.numbers->mean, 1.7, 1e-12);
  EXPECT_NEAR(height.numbers->deviation, 0.1, 1e-12);
  const ColumnProfile& name = ColumnOf(*profile, "people", "name");
  EXPECT_EQ(name.distinct.value, 3);
  EXPECT_EQ(name.top_values.at(0).value, "Ann");
  EXPECT_EQ(name.lengths->maximum, 3) << "characters, not bytes";
  const ColumnProfile& note = ColumnOf(*profile, "people", "note");
  EXPECT_EQ(note.nulls, 1);
  EXPECT_EQ(note.empty, 1);
  EXPECT_EQ(note.blank, 1);
  EXPECT_EQ(note.quality.completeness.good, 1);
  EXPECT_EQ(ColumnOf(*profile, "people", "born").minimum, "1970-07-08");
  EXPECT_EQ(table.candidate_keys.at(0).columns, std::vector<std::string>{"id"});
}

TEST(Profiler, TellsWhatColumnsMean) {
  const Folder folder("means");
  std::string text = "contact,quantity\n";
  for (int i = 0; i < 60; ++i) text += "person" + std::to_string(i) + "@example.org," + std::to_string(i % 7) + "\n";
  folder.Write("people.csv", text);
  const auto profile = ProfileOf(folder.url());
  ASSERT_TRUE(profile) << profile.error().ToString();
  const SemanticProfile& contact = ColumnOf(*profile, "people", "contact").semantic;
  EXPECT_EQ(contact.kind, "email");
  EXPECT_TRUE(contact.is_pii);
  EXPECT_EQ(contact.sensitivity, "personal");
  EXPECT_FALSE(contact.evidence.empty());
  EXPECT_EQ(contact.candidates.at(0).kind, "email");
  EXPECT_FALSE(ColumnOf(*profile, "people", "quantity").semantic.is_pii);
}

TEST(Profiler, IsTheSameWhateverTheNumberOfReaders) {
  std::string first;
  for (const int workers : {1, 2, 5}) {
    auto profile =
        ProfileOf("fake:lineitem?rows=30000&seed=3", {.sample_rows = 1000, .workers = workers, .part_bytes = 300'000});
    ASSERT_TRUE(profile) << profile.error().ToString();
    EXPECT_GT(profile->tables.at(0).seconds, 0);
    profile->seconds = profile->tables.at(0).seconds = 0;
    profile->started_at = "";
    const std::string text = WriteProfile(*profile);
    if (first.empty()) first = text;
    EXPECT_TRUE(first == text) << workers;
  }
}

TEST(Profiler, StatesTheErrorOfItsSample) {
  const auto profile = ProfileOf("fake:lineitem?rows=10000&seed=3", {.sample_rows = 2500});
  ASSERT_TRUE(profile) << profile.error().ToString();
  const SampleProfile& sample = profile->tables.at(0).sample;
  EXPECT_EQ(sample.rows, 2500);
  EXPECT_EQ(sample.basis, Basis::sample);
  EXPECT_NEAR(sample.error, 0.98 / std::sqrt(2500.0) * std::sqrt(7500.0 / 9999.0), 1e-12);
  EXPECT_EQ(profile->tables.at(0).rows, 10000);
}

TEST(Profiler, KeepsGoingPastOddRowsAndValues) {
  const Folder folder("odd");
  folder.Write("odd.csv", "a,b\n1,2\n3\n5,6\n");
  const auto profile = ProfileOf(folder.url());
  ASSERT_TRUE(profile) << profile.error().ToString();
  EXPECT_EQ(profile->tables.at(0).rows, 2);
  ASSERT_FALSE(profile->tables.at(0).notes.empty());
  EXPECT_EQ(profile->tables.at(0).notes.back(), "1 rows could not be read and are in no figure; the first: 3");
}

TEST(Profiler, TakesEveryTypeOfTheUglyShape) {
  const auto profile = ProfileOf("fake:ugly?rows=500&specials=true");
  ASSERT_TRUE(profile) << profile.error().ToString();
  EXPECT_TRUE(profile->failures.empty());
  const auto again = ReadProfile(WriteProfile(*profile));
  ASSERT_TRUE(again) << again.error().ToString();
  EXPECT_TRUE(WriteProfile(*again) == WriteProfile(*profile));
}

TEST(Profiler, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const auto profile = ProfileOf("fake:lineitem?rows=1000000", {.stop = stop.get_token()});
  ASSERT_FALSE(profile);
  EXPECT_TRUE(profile.error().Is(codes::kRunInterrupted));
}

TEST(SelectTables, KnowsPatternsAndTypos) {
  Catalog catalog;
  for (const char* name : {"orders", "order_item", "customer"}) catalog.tables.push_back({.name = {"", name}});
  EXPECT_EQ(SelectTables(catalog, {"order*"}, {"*item"})->size(), 1U);
  EXPECT_EQ(SelectTables(catalog, {}, {})->size(), 3U);
  const auto typo = SelectTables(catalog, {"custmer"}, {});
  ASSERT_FALSE(typo);
  EXPECT_TRUE(typo.error().Is(codes::kSchemaMissing));
  EXPECT_NE(typo.error().message.find("customer"), std::string::npos);
  EXPECT_TRUE(SelectTables(catalog, {"x*"}, {}).error().Is(codes::kSchemaNoTables));
}

}  // namespace
}  // namespace migrateiq
