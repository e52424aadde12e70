// What people who write plans are shown: samples, lineage, columns, expressions. The engine really reads.
#include <boost/json.hpp>
#include <map>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

namespace json = boost::json;

class PreviewRoutesTest : public ServerCase {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(ServerCase::SetUp());
    server_->records = [this](const std::string& tenant) -> Result<std::shared_ptr<RunRepository>> {
      return std::make_shared<RunRepository>(*server_->store, tenant, SealByStateKey(folder_));
    };
    projects::RunnablePlan& plan = server_->plans.plans["shop-to-crm"];
    plan.project_id = "project";
    plan.plan_id = "shop-to-crm";
    plan.version = 3;
    plan.plan.source.url = "fake:orders?rows=40";
    plan.plan.target.url = "sqlite:" + Target();
    const ApiParts parts{*server_->store, *server_->queue, server_->runs,
                         server_->plans,  server_->clock,  server_->records};
    AddSampleRoutes(router_, parts);
    AddOutlineRoutes(router_, parts);
    AddExpressionRoutes(router_);
  }
  std::string Target() const { return folder_ + "/target.db"; }

  struct Answered {
    Status status;
    json::value body;
    std::vector<FieldFault> faults;
    std::string code() const { return status ? "" : std::string(status.error().code.code); }
  };
  Answered Ask(http::Method method, const std::string& path, const std::string& body = "",
               std::vector<std::pair<std::string, std::string>> query = {}) {
    http::Request request{method, "/api/v1/" + path, std::move(query)};
    request.body = body;
    if (!body.empty()) request.headers.Set("Content-Type", "application/json");
    const http::Router::Match match = router_.Find(method, request.path);
    Answered answered;
    if (match.route == nullptr) {
      answered.status = Fail(codes::kApiNotFound, "no route");
      return answered;
    }
    http::Principal principal;
    principal.tenant_id = server_->tenant;
    principal.user_id = principal.name = "anna";
    http::Response response;
    http::Context context{request,
                          principal,
                          match.path,
                          "request",
                          "trace",
                          std::chrono::steady_clock::now() + deadline_,
                          response,
                          {},
                          [this](std::string_view permission, const std::string&) -> Status {
                            if (!lacks_.contains(std::string(permission))) return {};
                            return Fail(codes::kApiForbidden, std::string(permission));
                          }};
    answered.status = match.route->handler(context);
    answered.faults = context.faults;
    if (answered.status) answered.body = json::parse(response.body);
    return answered;
  }
  Answered Sample(const std::string& mappings, int rows = 10) {
    const std::string text = "version: 1\nsource: {connection: shop}\ntarget: {connection: crm}\n" + mappings;
    return Ask(http::Method::kPost, "projects/project/plans/sample",
               JsonText(json::object{{"text", text}, {"table", "orders"}, {"rows", rows}}));
  }
  std::vector<std::string> Audited() {
    std::vector<std::string> found;
    EXPECT_TRUE(server_->store->Read(store::Scope::Tenant(server_->tenant), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(const store::Rows rows,
                 session.Query("SELECT action, details FROM audit_entry WHERE tenant_id = $1", server_->tenant));
      for (const store::Row& row : rows) found.push_back(row.Text(0) + " " + row.Text(1));
      return {};
    }));
    return found;
  }

  http::Router router_;
  std::set<std::string> lacks_;
  std::chrono::seconds deadline_{30};
};

constexpr const char* kMapping =
    "mappings:\n  - source: orders\n    target: sales\n    rest: drop\n    columns:\n"
    "      - {target: number, source: id}\n      - {target: label, expr: \"'ä' || id\"}\n"
    "    rules: [{kind: range, column: number, max: 5, severity: reject, name: few}]\n";

TEST_F(PreviewRoutesTest, ASampleShowsBothSides) {
  const Answered sample = Sample(kMapping);
  ASSERT_TRUE(sample.status) << sample.status.error().ToString();
  EXPECT_EQ(sample.body.at("table"), "sales");
  EXPECT_EQ(sample.body.at("counts").at("read"), 10);
  EXPECT_EQ(sample.body.at("counts").at("rejected"), 5);
  const json::value& first = sample.body.at("rows").at(0);
  EXPECT_EQ(first.at("outcome"), "rejected");
  EXPECT_TRUE(first.at("after").is_null());
  EXPECT_EQ(first.at("findings").at(0).at("kind"), "rule");
  const json::value& last = sample.body.at("rows").at(9);
  EXPECT_EQ(last.at("outcome"), "unchanged");
  EXPECT_EQ(last.at("after").at("label").as_string(),
            ("ä" + std::string(last.at("before").at("id").as_string())).c_str());
  EXPECT_EQ(sample.body.at("values_hidden"), false);
  EXPECT_FALSE(std::filesystem::exists(Target())) << "nothing is written";
  ASSERT_EQ(Audited().size(), 1U);
  EXPECT_EQ(Audited()[0], R"(plan.sampled {"table": "orders", "rows": 10, "values": true})");
}

TEST_F(PreviewRoutesTest, AColumnOfPeopleIsToldWithTheMaskThatFits) {
  const Answered sample =
      Ask(http::Method::kPost, "projects/project/plans/sample",
          JsonText(json::object{{"text", "version: 1\nsource: {connection: shop}\ntarget: {connection: crm}\n"},
                                {"table", "customers"},
                                {"rows", 20}}));
  ASSERT_TRUE(sample.status) << sample.status.error().ToString();
  std::map<std::string, std::string> masks;
  for (const json::value& column : sample.body.at("columns").as_array()) {
    const json::value* proposal = column.as_object().if_contains("proposal");
    if (proposal == nullptr || proposal->is_null()) continue;
    masks[std::string(column.at("target").as_string())] = std::string(proposal->at("mask").as_string());
  }
  EXPECT_EQ(masks["email"], "email");
  EXPECT_EQ(masks["name"], "name");
  EXPECT_FALSE(masks.contains("id"));
}

TEST_F(PreviewRoutesTest, ValuesAreForThoseWhoMaySeeQuarantinedOnes) {
  lacks_ = {"quarantine.read"};
  const Answered sample = Sample(kMapping);
  ASSERT_TRUE(sample.status) << sample.status.error().ToString();
  EXPECT_EQ(sample.body.at("values_hidden"), true);
  for (const json::value& row : sample.body.at("rows").as_array()) {
    for (const auto& value : row.at("before").as_object())
      EXPECT_TRUE(value.value().is_null() || value.value() == "***") << value.value();
    for (const json::value& finding : row.at("findings").as_array()) {
      EXPECT_EQ(finding.at("before"), "***");
      EXPECT_EQ(finding.as_object().if_contains("message"), nullptr) << "it may quote the value";
    }
  }
  EXPECT_NE(Audited().at(0).find(R"("values": false)"), std::string::npos);
}

TEST_F(PreviewRoutesTest, MistakesInATextAreToldWithTheirPlace) {
  EXPECT_EQ(Sample("nosuchkey: 1\n").code(), "MIQ-PLAN-002");
  const Answered unknown = Sample(
      "mappings:\n  - source: orders\n    target: sales\n    columns:\n"
      "      - {target: label, expr: nosuch}\n");
  EXPECT_EQ(unknown.code(), "MIQ-EXPR-001");
  ASSERT_EQ(unknown.faults.size(), 1U);
  EXPECT_EQ(unknown.faults[0].pointer, "plan:5:5");
}

TEST_F(PreviewRoutesTest, ASampleEndsInTime) {
  deadline_ = std::chrono::seconds(0);
  EXPECT_EQ(Sample(kMapping, 200).code(), codes::kApiDeadline.code);
}

TEST_F(PreviewRoutesTest, LineageAndColumnsOfAPlan) {
  server_->plans.plans["shop-to-crm"].plan.mappings.push_back(
      {.source = "orders", .target = "sales", .columns = {{.target = "label", .expr = "'x' || id"}}});
  const Answered lineage = Ask(http::Method::kGet, "plans/shop-to-crm/lineage", "", {{"table", "sales"}});
  ASSERT_TRUE(lineage.status) << lineage.status.error().ToString();
  const json::value& computed = lineage.body.at("items").at(0);
  EXPECT_EQ(computed.at("kind"), "expression");
  EXPECT_EQ(computed.at("source_column"), "id");
  EXPECT_EQ(computed.at("target_column"), "label");
  EXPECT_EQ(computed.at("expression"), "'x' || id");
  const Answered columns = Ask(http::Method::kGet, "plans/shop-to-crm/columns");
  ASSERT_TRUE(columns.status) << columns.status.error().ToString();
  const json::array& tables = columns.body.at("items").as_array();
  EXPECT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables.at(0).at("source_columns").at(0).at("name").is_string(), true);
  lacks_ = {"projects.read"};
  EXPECT_EQ(Ask(http::Method::kGet, "plans/shop-to-crm/lineage").code(), codes::kApiForbidden.code);
  EXPECT_EQ(Ask(http::Method::kGet, "plans/nosuch/columns").code(), codes::kApiNotFound.code);
}

TEST_F(PreviewRoutesTest, LineageSaysWhatTheTextSaysWhenASystemIsAway) {
  projects::RunnablePlan& plan = server_->plans.plans["shop-to-crm"];
  plan.plan.source.url = "sqlite:" + folder_ + "/there-is-none.db";
  plan.plan.mappings.push_back(
      {.source = "orders", .target = "sales", .columns = {{.target = "number", .source = "id"}}});
  const Answered lineage = Ask(http::Method::kGet, "plans/shop-to-crm/lineage");
  ASSERT_TRUE(lineage.status) << lineage.status.error().ToString();
  EXPECT_EQ(lineage.body.at("items").as_array().size(), 1U);
  EXPECT_EQ(lineage.body.at("items").at(0).at("kind"), "renamed");
  EXPECT_FALSE(lineage.body.at("incomplete").at("code").as_string().empty());
  EXPECT_FALSE(Ask(http::Method::kGet, "plans/shop-to-crm/columns").status);
}

TEST_F(PreviewRoutesTest, ExpressionsAreChecked) {
  const auto check = [&](const std::string& expression, const std::string& type = "int32") {
    return Ask(http::Method::kPost, "expressions/check",
               JsonText(json::object{{"expression", expression},
                                     {"columns", json::array{json::object{{"name", "id"}, {"type", type}}}}}));
  };
  EXPECT_EQ(check("id + 1").body.at("type"), "int32");
  const json::value fault = check("'😀ä' ||\n nosuch").body.at("faults").at(0);
  EXPECT_EQ(fault.at("position"), 10);  // the smiley is two units
  EXPECT_EQ(fault.at("line"), 2);
  EXPECT_EQ(fault.at("column"), 2);
  const Answered wrong = check("id", "number");
  EXPECT_EQ(wrong.code(), codes::kApiField.code);
  ASSERT_EQ(wrong.faults.size(), 1U);
  EXPECT_EQ(wrong.faults[0].pointer, "/columns/0/type");
  const Answered functions = Ask(http::Method::kGet, "expressions/functions");
  EXPECT_GT(functions.body.at("items").as_array().size(), 300U);
}

}  // namespace
}  // namespace migrateiq::orchestrator
