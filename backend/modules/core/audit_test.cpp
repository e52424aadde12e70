#include "modules/core/audit_chain.hpp"
#include "modules/core/audit_export.hpp"
#include "modules/core/core_test_support.hpp"

#include <thread>

namespace migrateiq::core {
namespace {

class AuditTest : public CoreTest {
 protected:
  void Append(const std::string& action, const std::string& actor = "Ann", const std::string& tenant = "t1") {
    AuditEntry entry;
    entry.actor = actor;
    entry.action = action;
    EXPECT_TRUE(store_->Write(store::Scope::Tenant(tenant),
                              [&](store::Session& session) { return AppendAudit(session, tenant, entry); }));
  }
  /// As somebody does it who owns the database.
  void Tamper(const std::string& sql) {
    if (kTestEngine == store::Engine::kPostgres) {
      ASSERT_TRUE(Execute("DROP TRIGGER IF EXISTS audit_entry_append_only ON audit_entry"));
      ASSERT_TRUE(Execute("DROP TRIGGER IF EXISTS audit_entry_keep ON audit_entry"));
    } else {
      ASSERT_TRUE(Execute("DROP TRIGGER IF EXISTS audit_entry_update"));
      ASSERT_TRUE(Execute("DROP TRIGGER IF EXISTS audit_entry_delete"));
    }
    ASSERT_TRUE(Execute(sql));
  }
  AuditProof Proof() { return *VerifyAudit(*store_, "t1"); }
};

TEST_F(AuditTest, AnUntouchedChainIsProven) {
  ASSERT_TRUE(store_->Write(store::Scope::Tenant("t1"), [](store::Session& session) -> Status {
    for (int i = 0; i < 2100; ++i) {
      AuditEntry entry;
      entry.action = "a" + std::to_string(i);
      MIQ_TRY(AppendAudit(session, "t1", entry));
    }
    return {};
  }));
  Append("elsewhere", "Ann", "t2");
  const AuditProof proof = Proof();
  EXPECT_TRUE(proof.unbroken);
  EXPECT_EQ(proof.entries, 2100);
  EXPECT_TRUE(VerifyAudit(*store_, "empty")->unbroken);
}

TEST_F(AuditTest, EntriesCannotBeChangedOrRemoved) {
  Append("one");
  EXPECT_FALSE(Execute("UPDATE audit_entry SET actor = 'x'"));
  EXPECT_FALSE(Execute("DELETE FROM audit_entry"));
}

TEST_F(AuditTest, TheFirstChangedEntryIsNamed) {
  for (int i = 0; i < 9; ++i) Append("a");
  for (const char* column : {"actor", "actor_id", "action", "object_id", "object_type", "outcome", "address",
                             "request_id", "details", "at"}) {
    Tamper("UPDATE audit_entry SET " + std::string(column) + " = '7' WHERE sequence = 4");
    const AuditProof proof = Proof();
    EXPECT_FALSE(proof.unbroken) << column;
    EXPECT_EQ(proof.broken_at, 4);
  }
}

TEST_F(AuditTest, MissingEntriesAreSeen) {
  for (int i = 0; i < 9; ++i) Append("a");
  Tamper("DELETE FROM audit_entry WHERE sequence = 9");
  EXPECT_EQ(Proof().broken_at, 9);
  Tamper("DELETE FROM audit_entry WHERE sequence = 5");
  EXPECT_EQ(Proof().broken_at, 5);
  EXPECT_EQ(Proof().entries, 4);
}

TEST_F(AuditTest, ARecomputedEntryDoesNotFitItsSuccessor) {
  for (int i = 0; i < 5; ++i) Append("a");
  AuditRecord forged;
  ASSERT_TRUE(store_->Read(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const auto records, ReadAudit(session, "t1", 1, 1));
    forged = records.at(0);
    return {};
  }));
  forged.entry.actor = "nobody";
  Tamper("UPDATE audit_entry SET actor = 'nobody', hash = '" + HashOf(forged) + "' WHERE sequence = 2");
  EXPECT_EQ(Proof().broken_at, 3);
}

TEST_F(AuditTest, ConcurrentWritersMakeOneChain) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) Append("a");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(Proof().unbroken);
  EXPECT_EQ(Proof().entries, 80);
}

TEST_F(AuditTest, WithoutItsEntryAChangeIsNotMade) {
  const std::string owner = SetUpOwner();
  ASSERT_TRUE(Execute("DROP TABLE audit_head"));
  EXPECT_NE(Post("/api/v1/teams", R"({"name": "t"})", owner).status, 201);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM team"), "0");
  EXPECT_NE(LogIn("olga@example.com").status, 200);  // fail closed
}

TEST_F(AuditTest, NothingGetsIntoTheLogThatBreaksLines) {
  Append("a\nb\r\x1b[31m", "evil\n\xff\x7f");
  EXPECT_EQ(Select("SELECT action FROM audit_entry"), "a?b??[31m");
  EXPECT_EQ(Select("SELECT actor FROM audit_entry"), "evil???");
  EXPECT_TRUE(Proof().unbroken);
}

TEST_F(AuditTest, CellsAreNoFormulas) {
  EXPECT_EQ(CsvCell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
  EXPECT_EQ(CsvCell("+1"), "'+1");
  EXPECT_EQ(CsvCell("-1"), "'-1");
  EXPECT_EQ(CsvCell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvCell("\t=1"), "'\t=1");
  EXPECT_EQ(CsvCell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(CsvCell("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(CsvCell("plain"), "plain");
}

TEST_F(AuditTest, TheLogIsSearchedExportedAndProvenByTheApi) {
  const std::string owner = SetUpOwner();
  LogIn("olga@example.com", "wrong");
  Call search{http::Method::kGet, "/api/v1/audit", "", owner};
  search.query = {{"outcome", "denied"}, {"limit", "1"}};
  const TestAnswer found = Ask(search);
  ASSERT_EQ(found.body.at("items").as_array().size(), 1u);
  EXPECT_EQ(found.body.at("items").at(0).at("action"), "login.failed");
  search.query = {{"text", "ol%ga"}};
  EXPECT_TRUE(Ask(search).body.at("items").as_array().empty());
  search.query = {{"text", "olga@"}};
  EXPECT_FALSE(Ask(search).body.at("items").as_array().empty());
  const std::string lines(Get("/api/v1/audit/export", owner).body.as_string());
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 4);  // owner, login, failure, export
  const std::string csv(Get("/api/v1/audit/export.csv", owner).body.as_string());
  EXPECT_EQ(csv.substr(0, 12), "sequence,at,");
  const TestAnswer proof = Get("/api/v1/audit/verify", owner);
  EXPECT_EQ(proof.body.at("unbroken"), true);
  EXPECT_EQ(proof.body.at("entries"), 5);
}

TEST_F(AuditTest, PagesOfTheLogGoOn) {
  const std::string owner = SetUpOwner();
  for (int i = 0; i < 8; ++i) Append("a", "Ann", "default");
  Call call{http::Method::kGet, "/api/v1/audit", "", owner};
  call.query = {{"limit", "6"}};
  const TestAnswer first = Ask(call);
  call.query.emplace_back("cursor", first.Text("next"));
  const TestAnswer second = Ask(call);
  EXPECT_EQ(second.body.at("items").at(0).at("sequence"), 4);
  EXPECT_FALSE(second.body.as_object().contains("next"));
}

}  // namespace
}  // namespace migrateiq::core
