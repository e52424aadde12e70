#pragma once

#include <sqlite3.h>

#include "modules/analyzer/analysis_job.hpp"
#include "modules/ml/ml_services.hpp"
#include "modules/ml/retrain.hpp"
#include "modules/ml/suggestion_signals.hpp"
#include "modules/projects/fake_jobs_test_support.hpp"
#include "modules/projects/projects_test_support.hpp"

/// What holds over SQLite and PostgreSQL alike. Jobs are carried out when the test says so.
namespace migrateiq::ml {

using boost::json::object;
using projects::Answered;

class MlCases : public projects::ProjectsCases {
 protected:
  void SetUp() override {
    ProjectsCases::SetUp();
    if (IsSkipped()) return;
    jobs_ = std::make_unique<projects::FakeJobs>(store());
    auto analyzer =
        analyzer::AnalyzerServices::Make({store(), *vault_, services_->connections, *jobs_, bus_.get(), clock_});
    ASSERT_TRUE(analyzer) << analyzer.error().ToString();
    analyzer_ = std::move(*analyzer);
    analyzer::AddAnalyzerRoutes(*router_, *analyzer_);
    auto made = MlServices::Make(
        {store(), *vault_, services_->connections, services_->plans, *jobs_, analyzer_->analyses, bus_.get(), clock_});
    ASSERT_TRUE(made) << made.error().ToString();
    ml_ = std::move(*made);
    AddMlRoutes(*router_, *ml_);
    Database("shop.db",
             "CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, first_name TEXT, email TEXT, phone TEXT);"
             "CREATE TABLE app_log (line TEXT);"
             "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 60) INSERT INTO customer "
             "SELECT i, 'Name' || i, 'n' || i || '@example.com', '+49 30 ' || (100000 + i) FROM s");
    Database("crm.db",
             "CREATE TABLE customers (id INTEGER PRIMARY KEY, given_name TEXT, email_address TEXT, phone_number TEXT)");
    source_ = Connect(ada_, "shop", "sqlite:folder:shop.db");
    target_ = Connect(ada_, "crm", "sqlite:folder:crm.db");
    project_ = MakeProject(ada_, "Shop to CRM");
  }
  void TearDown() override {
    ml_.reset();
    analyzer_.reset();
    jobs_.reset();
    ProjectsCases::TearDown();
  }

  void Database(const std::string& name, const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "shared" / name).c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
  }
  object Ends() const { return {{"source_connection_id", source_}, {"target_connection_id", target_}}; }
  std::string Begin() {
    const Answered made = Post(ada_, "projects/" + project_ + "/matchings", Ends());
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("matching_id") : "";
  }
  std::string Done() {
    const std::string id = Begin();
    const auto answer = jobs_->CarryOut(ml_->Kinds()[0], id);
    EXPECT_TRUE(answer) << answer.error().ToString();
    return id;
  }
  /// The suggestion for a column of the source.
  boost::json::object For(const std::string& id, const std::string& column) {
    const Answered all = Get(ada_, "matchings/" + id + "/suggestions", {{"limit", "200"}});
    for (const auto& item : all["items"].as_array()) {
      const auto* source = item.as_object().if_contains("source_column");
      if (source != nullptr && source->as_string() == column) return item.as_object();
    }
    ADD_FAILURE() << "no suggestion for " << column << ": " << all;
    return {};
  }
  static int64_t NumberOf(const object& suggestion) { return suggestion.at("number").as_int64(); }
  Answered Decide(const std::string& id, int64_t number, const object& wish) {
    return Post(ada_, "matchings/" + id + "/suggestions/" + std::to_string(number) + "/decision", wish);
  }
  /// So many decisions about pairs of a given confidence, as matchings of long ago would have left them.
  void Remember(int count, double confidence, int right_of_hundred) {
    const std::string id = Begin();
    std::vector<Suggestion> suggestions;
    for (int i = 1; i <= count; ++i)
      suggestions.push_back(
          {.number = i, .table_number = 1, .source_column = "a", .target_column = "b", .confidence = confidence});
    ASSERT_TRUE(store().Write(store::Scope::Tenant("alpha"), [&](store::Session& session) -> Status {
      MIQ_TRY(PutFound(session, "alpha", id,
                       {{.number = 1,
                         .source_table = "s",
                         .target_table = "t",
                         .confidence = 1,
                         .regime = match::NameOf(match::Regime::kBoth)}},
                       suggestions));
      for (Suggestion& one : suggestions) {
        one.decision = one.number * 100 <= right_of_hundred * count ? Decision::accepted : Decision::rejected;
        one.decided_at = clock_.Now();
        MIQ_TRY(PutDecision(session, "alpha", id, one));
      }
      return {};
    }));
  }
  /// Its answer; empty when it failed.
  std::string Train() {
    const Answered begun = Post(ada_, "models/train", object());
    EXPECT_EQ(begun.status, 202) << begun;
    const auto answer = jobs_->CarryOut(ml_->Kinds()[1], begun.Text("job_id"));
    return answer.value_or("");
  }

  std::unique_ptr<projects::FakeJobs> jobs_;
  std::unique_ptr<analyzer::AnalyzerServices> analyzer_;
  std::unique_ptr<MlServices> ml_;
  std::string source_, target_, project_;
};

TEST_P(MlCases, AMatchingProposesTablesAndColumnsWithReasons) {
  const std::string id = Done();
  EXPECT_EQ(Get(ada_, "matchings/" + id).Text("state"), "succeeded");
  const Answered tables = Get(ada_, "matchings/" + id + "/tables");
  ASSERT_EQ(tables["items"].as_array().size(), 1U) << tables;
  EXPECT_EQ(tables["items"].at(0).at("target_table").as_string(), "customers");
  EXPECT_EQ(Get(ada_, "matchings/" + id)["unmatched"].at("source").at(0).as_string(), "app_log");
  const auto email = For(id, "email");
  EXPECT_EQ(email.at("target_column").as_string(), "email_address");
  EXPECT_GT(email.at("confidence").as_double(), 0.5);
  EXPECT_FALSE(email.at("evidence").as_array().empty());
  EXPECT_EQ(email.at("alternatives").as_array().size(), 3U);
  EXPECT_EQ(EventsOf("project:" + project_, "matching.finished"), 1U);
}

TEST_P(MlCases, WhatSuggestionsSayIsSealed) {
  Database("codes.db",
           "CREATE TABLE customers (id INTEGER PRIMARY KEY, rank TEXT, email TEXT);"
           "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 60) INSERT INTO customers "
           "SELECT i, CASE i % 2 WHEN 0 THEN 'Cap' ELSE 'Lieut' END, 'n' || i || '@example.com' FROM s");
  Database("words.db",
           "CREATE TABLE customers (id INTEGER PRIMARY KEY, rank TEXT, email TEXT);"
           "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 60) INSERT INTO customers "
           "SELECT i, CASE i % 2 WHEN 0 THEN 'Captain' ELSE 'Lieutenant' END, 'n' || i || '@example.com' FROM s");
  source_ = Connect(ada_, "codes", "sqlite:folder:codes.db");
  target_ = Connect(ada_, "words", "sqlite:folder:words.db");
  const std::string id = Done();
  const auto rank = For(id, "rank");
  ASSERT_TRUE(rank.contains("transformation")) << boost::json::serialize(rank);
  EXPECT_NE(rank.at("transformation").at("expr").as_string().find("'Captain'"), std::string::npos);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM suggestion WHERE details <> '' OR sealed IS NULL"), 0);
  EXPECT_EQ(Decide(id, NumberOf(rank), {{"decision", "accepted"}}).Text("decided_expr"),
            rank.at("transformation").at("expr").as_string());
}

TEST_P(MlCases, ARecentAnalysisTakesThePlaceOfASecondLook) {
  for (const std::string& connection : {source_, target_}) {
    const Answered begun = Post(ada_, "connections/" + connection + "/analyses", object());
    const auto done = jobs_->CarryOut(analyzer::AnalyzeKind(*analyzer_), begun.Text("analysis_id"));
    ASSERT_TRUE(done) << done.error().ToString();
  }
  std::filesystem::remove(folder_ / "shared" / "shop.db");
  object wish = Ends();
  const Answered plain = Post(ada_, "projects/" + project_ + "/matchings", wish);
  EXPECT_FALSE(jobs_->CarryOut(ml_->Kinds()[0], plain.Text("matching_id"))) << "the data are not there any more";
  wish["analyses_within_hours"] = 1;
  const Answered made = Post(ada_, "projects/" + project_ + "/matchings", wish);
  const std::string id = made.Text("matching_id");
  const auto done = jobs_->CarryOut(ml_->Kinds()[0], id);
  ASSERT_TRUE(done) << done.error().ToString();
  EXPECT_EQ(For(id, "email").at("target_column").as_string(), "email_address");
  EXPECT_EQ(For(id, "first_name").at("target_column").as_string(), "given_name");
  EXPECT_EQ(Get(ada_, "matchings/" + id)["options"].at("analyses_within_hours").as_int64(), 1);
}

TEST_P(MlCases, OldMatchingsGoUnlessSomebodyDecided) {
  const std::string old = Done(), decided = Done();
  Decide(decided, NumberOf(For(decided, "email")), {{"decision", "accepted"}});
  Run("UPDATE matching SET finished_at = 5");
  const std::string fresh = Done();
  ASSERT_TRUE(ml_->matchings.Tidy(10));
  EXPECT_EQ(Get(ada_, "matchings/" + old).code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(ada_, "matchings/" + decided).status, 200);
  EXPECT_EQ(Get(ada_, "matchings/" + fresh).status, 200);
}

TEST_P(MlCases, SuggestionsAreAcceptedChangedRejectedAndOpenedAgain) {
  const std::string id = Done();
  const int64_t email = NumberOf(For(id, "email")), phone = NumberOf(For(id, "phone"));
  EXPECT_EQ(Decide(id, email, {{"decision", "accepted"}}).Text("decided_target"), "email_address");
  const Answered changed =
      Decide(id, phone, {{"decision", "changed"}, {"target_column", "given_name"}, {"expr", "upper(phone)"}});
  EXPECT_EQ(changed.Text("decided_target"), "given_name") << changed;
  EXPECT_EQ(changed.Text("decided_expr"), "upper(phone)");
  EXPECT_EQ(Decide(id, phone, {{"decision", "changed"}, {"target_column", "none"}}).code, codes::kApiField.code);
  EXPECT_EQ(Decide(id, phone, {{"decision", "changed"}}).code, codes::kApiField.code);
  EXPECT_EQ(Decide(id, 999, {{"decision", "accepted"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(ada_, "matchings/" + id + "/suggestions", {{"decision", "changed"}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Decide(id, phone, {{"decision", "open"}}).Text("decision"), "open");
  EXPECT_FALSE(For(id, "phone").contains("decided_by"));
}

TEST_P(MlCases, WhatSomebodyDecidedMeanwhileIsNotOverwrittenUnseen) {
  const std::string id = Done();
  const int64_t email = NumberOf(For(id, "email"));
  const Answered first = Decide(id, email, {{"decision", "accepted"}, {"seen", "open"}});
  ASSERT_EQ(first.status, 200) << first;
  const Answered late = Decide(id, email, {{"decision", "rejected"}, {"seen", "open"}});
  EXPECT_EQ(late.code, codes::kApiStale.code) << late;
  EXPECT_EQ(For(id, "email").at("decision").as_string(), "accepted");
  const object seen{{"decision", "rejected"}, {"seen", "accepted"}, {"seen_at", "2001-01-01T00:00:00Z"}};
  EXPECT_EQ(Decide(id, email, seen).code, codes::kApiStale.code) << "accepted, but at another time than the caller saw";
  const object now{{"decision", "rejected"}, {"seen", "accepted"}, {"seen_at", first.Text("decided_at")}};
  EXPECT_EQ(Decide(id, email, now).status, 200);
  EXPECT_EQ(EventsOf("project:" + project_, "matching.decided"), 2U);
}

TEST_P(MlCases, AllThatAreSureEnoughAreAcceptedAtOnce) {
  const std::string id = Done();
  ASSERT_EQ(Decide(id, NumberOf(For(id, "phone")), {{"decision", "rejected"}}).status, 200);
  EXPECT_EQ(Post(ada_, "matchings/" + id + "/accept", {{"confidence", 1.5}}).code, codes::kApiField.code);
  const Answered accepted = Post(ada_, "matchings/" + id + "/accept", {{"confidence", 0.05}});
  EXPECT_GE(accepted.Number("accepted"), 2) << accepted;
  EXPECT_EQ(For(id, "phone").at("decision").as_string(), "rejected");
  EXPECT_EQ(For(id, "email").at("decision").as_string(), "accepted");
}

TEST_P(MlCases, APlanIsMadeOfWhatWasAcceptedAndBroughtUpToDate) {
  const std::string id = Done();
  EXPECT_EQ(Post(ada_, "matchings/" + id + "/plan", object()).code, codes::kApiState.code);
  ASSERT_EQ(Decide(id, NumberOf(For(id, "email")), {{"decision", "accepted"}}).status, 200);
  const Answered plan = Post(ada_, "matchings/" + id + "/plan", {{"name", "main"}});
  ASSERT_EQ(plan.status, 201) << plan;
  EXPECT_NE(plan.Text("text").find("email_address"), std::string::npos) << plan;
  EXPECT_EQ(plan.Text("text").find("given_name"), std::string::npos) << plan;
  ASSERT_EQ(
      Decide(id, NumberOf(For(id, "first_name")), {{"decision", "changed"}, {"target_column", "given_name"}}).status,
      200);
  const Answered next = Post(ada_, "matchings/" + id + "/plan", {{"plan_id", plan.Text("plan_id")}});
  EXPECT_EQ(next.Number("version"), 2) << next;
  EXPECT_NE(next.Text("text").find("given_name"), std::string::npos) << next;
}

TEST_P(MlCases, AnswersOfAProjectSetHowSureTheOthersAre) {
  const std::string id = Done();
  const double before = For(id, "email").at("confidence").as_double();
  Remember(60, 0.9, 0);
  EXPECT_LT(For(id, "email").at("confidence").as_double(), before - 0.05) << "nine in ten were wrong every time";
}

TEST_P(MlCases, ATenantsOwnModelIsUsedWhenItIsBetterAndTakenBack) {
  EXPECT_EQ(Train(), "") << "there is nothing to learn from";
  Remember(400, 0.9, 40);
  EXPECT_NE(Train().find(R"("better": true)"), std::string::npos);
  const Answered models = Get(ada_, "models");
  ASSERT_EQ(models["items"].as_array().size(), 2U) << models;
  const object own = models["items"].at(0).as_object();
  EXPECT_EQ(own.at("state").as_string(), "active");
  EXPECT_EQ(models["items"].at(1).at("state").as_string(), "retired") << "the shipped one";
  const std::string id(own.at("model_id").as_string());
  EXPECT_LT(own.at("metrics").at("after").at("log_loss").as_double(),
            own.at("metrics").at("before").at("log_loss").as_double());
  EXPECT_EQ(own.at("lineage").at("decisions").as_int64(), 400);
  EXPECT_NE(Train().find(R"("better": false)"), std::string::npos) << "the same again is no better";
  const std::string refused(Get(ada_, "models")["items"].at(0).at("model_id").as_string());
  EXPECT_EQ(Post(ada_, "models/" + refused + "/promote", object()).code, codes::kApiState.code);
  EXPECT_EQ(Get(ada_, "matchings/" + Done()).Text("model_id"), id);
  EXPECT_EQ(Post(ada_, "models/roll-back", object()).status, 204);
  EXPECT_EQ(Post(ada_, "models/roll-back", object()).code, codes::kApiState.code);
  EXPECT_EQ(Get(ada_, "models/" + id).Text("state"), "retired");
  EXPECT_EQ(Post(ada_, "models/" + id + "/promote", object()).Text("state"), "active");
}

TEST_P(MlCases, WhatEarlierVersionsStoredAsItIsBecomesSealed) {
  const std::string id = Done();
  const auto number = NumberOf(For(id, "email"));
  const std::string old = R"({"evidence":[{"signal":"name","score":1,"text":"of long ago"}],"alternatives":[]})";
  ASSERT_TRUE(store().Write(store::Scope::Tenant("alpha"), [&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("UPDATE suggestion SET sealed = NULL, details = $3 WHERE matching_id = $1 AND number = $2 AND "
                        "tenant_id = 'alpha'",
                        id, number, old));
    return {};
  }));
  EXPECT_EQ(For(id, "email").at("evidence").at(0).at("text").as_string(), "of long ago");
  ASSERT_TRUE(ml_->matchings.SealOld());
  EXPECT_EQ(For(id, "email").at("evidence").at(0).at("text").as_string(), "of long ago");
  const auto left = store().ReadFor<std::vector<UnsealedDetails>>(
      store::Scope::System(), [](store::Session& session) { return ListUnsealed(session, 10); });
  ASSERT_TRUE(left) << left.error().ToString();
  EXPECT_TRUE(left->empty());
}

TEST_P(MlCases, ADecisionKeepsWhatWasWeighed) {
  const std::string id = Done();
  ASSERT_EQ(Decide(id, NumberOf(For(id, "email")), {{"decision", "accepted"}}).status, 200);
  ASSERT_EQ(Decide(id, NumberOf(For(id, "phone")), {{"decision", "rejected"}}).status, 200);
  using Lessons = std::vector<Lesson>;
  const auto lessons = store().ReadFor<Lessons>(
      store::Scope::Tenant("alpha"), [](store::Session& session) { return ReadLessons(session, "alpha", 10); });
  ASSERT_TRUE(lessons) << lessons.error().ToString();
  ASSERT_EQ(lessons->size(), 2U);
  for (const Lesson& lesson : *lessons) {
    const auto signals = UnpackSignals(lesson.signals);
    ASSERT_TRUE(signals) << signals.error().ToString();
    EXPECT_EQ(signals->shipped, match::Model::Shipped().lineage);
    EXPECT_EQ(signals->pairs.at(0).target_column, lesson.target_column);
    EXPECT_EQ(signals->pairs.at(0).terms.size(), match::CorrectionWidth(RegimeOf(signals->regime)));
    EXPECT_GT(signals->pairs.size(), 1U);
    EXPECT_LT(lesson.signals.size(), 1200U);
  }
}

TEST_P(MlCases, AModelIsWatchedWeekByWeek) {
  Remember(100, 0.9, 20);
  const Answered drift = Get(ada_, "models/drift");
  ASSERT_EQ(drift["items"].as_array().size(), 1U) << drift;
  EXPECT_EQ(drift["items"].at(0).at("decisions").as_int64(), 100);
  EXPECT_TRUE(drift["items"].at(0).at("drifted").as_bool()) << "a fifth was right, nine in ten were expected";
}

TEST_P(MlCases, PredictionsNeedNoDatabase) {
  const object source{{"name", "customer"},
                      {"columns", {{{"name", "cust_email"}}, {{"name", "dob"}, {"type", "date"}}}}};
  const object target{{"columns", {{{"name", "birth_date"}}, {{"name", "email"}}, {{"name", "city"}}}}};
  const Answered answer = Post(ada_, "predictions", {{"source", source}, {"target", target}});
  ASSERT_EQ(answer.status, 200) << answer;
  EXPECT_EQ(answer["items"].at(0).at("target_column").as_string(), "email") << answer;
  EXPECT_EQ(answer["items"].at(1).at("target_column").as_string(), "birth_date") << answer;
  EXPECT_EQ(Post(ada_, "predictions", {{"source", source}, {"target", object{{"columns", boost::json::array()}}}}).code,
            codes::kApiField.code);
}

TEST_P(MlCases, WhatBelongsToAnotherTenantOrProjectIsNotThere) {
  const std::string id = Done(), path = "matchings/" + id;
  for (const char* rest : {"", "/tables", "/suggestions"})
    EXPECT_EQ(Get(eve_, path + rest).code, codes::kApiNotFound.code) << rest;
  EXPECT_EQ(Post(eve_, path + "/suggestions/1/decision", {{"decision", "accepted"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, path + "/accept", {{"confidence", 0.5}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, path + "/plan", object()).code, codes::kApiNotFound.code);
  EXPECT_EQ(Delete(eve_, path).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "projects/" + MakeProject(eve_, "Eve") + "/matchings", Ends()).code, codes::kApiField.code);
  Remember(400, 0.9, 40);
  Train();
  EXPECT_EQ(Get(eve_, "models")["items"].as_array().size(), 1U) << "the shipped one alone";
  const std::string model(Get(ada_, "models")["items"].at(0).at("model_id").as_string());
  EXPECT_EQ(Get(eve_, "models/" + model).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "models/" + model + "/promote", object()).code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(bob_, path).code, codes::kApiForbidden.code);
  EXPECT_EQ(Delete(ada_, path).status, 204);
  EXPECT_EQ(Get(ada_, path).code, codes::kApiNotFound.code);
  EXPECT_EQ(EventsOf("project:" + project_, "matching.removed"), 1U);
}

}  // namespace migrateiq::ml
