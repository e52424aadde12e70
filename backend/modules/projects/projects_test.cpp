#include "base/errors/server.hpp"
#include "modules/projects/plans_cases_test_support.hpp"
#include "modules/projects/projects_cases_test_support.hpp"

namespace migrateiq::projects {

INSTANTIATE_TEST_SUITE_P(Sqlite, ProjectsCases, ::testing::Values(store::Engine::kSqlite));
INSTANTIATE_TEST_SUITE_P(Sqlite, PlanCases, ::testing::Values(store::Engine::kSqlite));
INSTANTIATE_TEST_SUITE_P(Sqlite, FileCases, ::testing::Values(store::Engine::kSqlite));

namespace {

TEST(ProjectLifecycle, EveryStateLeadsSomewhereAndBack) {
  for (const ProjectState state :
       {ProjectState::draft, ProjectState::analysing, ProjectState::mapping, ProjectState::rehearsing,
        ProjectState::ready, ProjectState::migrating, ProjectState::done, ProjectState::archived}) {
    EXPECT_FALSE(NextStates(state).empty());
    EXPECT_FALSE(CheckTransition(state, state));
    EXPECT_EQ(ProjectStateOf(WordOf(state)), state);
  }
  const Status refused = CheckTransition(ProjectState::draft, ProjectState::done);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("possible: analysing, mapping, archived"), std::string::npos);
}

TEST(ProjectOptions, LocalFoldersAreWrittenTenantEqualsFolder) {
  Settings settings;
  settings.local_folders = {"alpha=/srv/alpha"};
  EXPECT_EQ(ProjectOptions::From(settings, "/state")->local_folders.at("alpha"), "/srv/alpha");
  settings.local_folders = {"alpha"};
  EXPECT_TRUE(ProjectOptions::From(settings, "/state").error().Is(codes::kSettingValue));
}

}  // namespace

}  // namespace migrateiq::projects
