#include <thread>

#include "base/errors/api.hpp"
#include "modules/projects/plans_cases_test_support.hpp"
#include "modules/projects/projects_cases_test_support.hpp"

namespace migrateiq::projects {

INSTANTIATE_TEST_SUITE_P(Postgres, ProjectsCases, ::testing::Values(store::Engine::kPostgres));
INSTANTIATE_TEST_SUITE_P(Postgres, PlanCases, ::testing::Values(store::Engine::kPostgres));
INSTANTIATE_TEST_SUITE_P(Postgres, FileCases, ::testing::Values(store::Engine::kPostgres));

namespace {

/// Real servers behind connections.
class ServerConnections : public ProjectsCases {};

TEST_P(ServerConnections, AreTestedAndPinned) {
  const char* mariadb = std::getenv("MIQ_TEST_MARIADB");
  std::vector<std::string> urls = {std::getenv("MIQ_TEST_POSTGRES")};
  const std::string database = "miq_pinned_" + std::to_string(getpid());
  if (mariadb != nullptr) {
    urls.push_back(mariadb + database);
    ASSERT_TRUE(OpenTarget(*ParseUrl(urls.back(), Secrets::kRefuse), {.create_database = true}));
  }
  for (const std::string& url : urls) {
    const Answered made = Post(ada_, "connections", {{"name", url.substr(0, 5)}, {"url", url}}, {{"test", "true"}});
    ASSERT_EQ(made.status, 201) << made;
    const auto row = services_->connections.Get("alpha", made.Text("connection_id"));
    const auto opened = services_->connections.Open("alpha", *row, ConnectionUse::kTarget);
    ASSERT_TRUE(opened) << opened.error().ToString();
    EXPECT_NE(opened->find("hostaddr=127.0.0.1"), std::string::npos);
    EXPECT_TRUE(OpenSource(*ParseUrl(*opened, Secrets::kRefuse), {}));
    std::string wrong = *opened;
    wrong.replace(wrong.find("@127.0.0.1") + 1, 9, "unknown.invalid");
    EXPECT_TRUE(OpenSource(*ParseUrl(wrong, Secrets::kRefuse), {})) << "the name is not looked up again";
  }
  if (mariadb == nullptr) return;
  const auto target = OpenTarget(*ParseUrl(urls.back(), Secrets::kRefuse), {});
  EXPECT_TRUE(target && (*target)->Execute({"DROP DATABASE " + database}));
}

/// Two people at once: one wins, the other is told.
TEST_P(ServerConnections, ChangesAtOnceDoNotOverwriteEachOther) {
  ConnectBoth();
  const std::string project = MakeProject(ada_, "First"), plan = MakePlan(project);
  std::atomic<int> stored = 0, refused = 0;
  std::vector<std::jthread> people;
  for (int i = 0; i < 8; ++i)
    people.emplace_back([&, i] {
      const auto result = services_->plans.Change(
          core::Actor::System("alpha"), plan,
          {.name = {}, .text = PlanText() + "run: {workers: " + std::to_string(i + 1) + "}\n", .message = ""},
          [](int64_t version) { return version == 1 ? Status() : Fail(codes::kApiStale, "stale"); });
      ++(result ? stored : refused);
    });
  people.clear();
  EXPECT_EQ(stored, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(Get(ada_, "plans/" + plan).Tag(), "\"v2\"");
}

INSTANTIATE_TEST_SUITE_P(Postgres, ServerConnections, ::testing::Values(store::Engine::kPostgres));

}  // namespace

}  // namespace migrateiq::projects
