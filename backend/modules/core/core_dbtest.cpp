// The same cases over PostgreSQL, with row-level security: the files are compiled again with another engine.
#define MIQ_CORE_TEST_POSTGRES
#include "modules/core/audit_test.cpp"
#include "modules/core/core_test.cpp"
#include "modules/core/notify/notify_test.cpp"
#include "modules/core/people/people_test.cpp"
#include "modules/core/sign_in/sign_in_test.cpp"
#include "modules/core/sign_in/tokens_test.cpp"
#include "modules/core/sign_in/totp_test.cpp"

namespace migrateiq::core {
namespace {

class TenantFenceTest : public CoreTest {};

TEST_F(TenantFenceTest, RowLevelSecurityHidesOtherTenantsRows) {
  SetUpOwner();
  AddTenant("other");
  AddUser("eve@other.example", {"owner"}, "other");
  for (const char* table : {"tenant", "user_account", "user_role", "user_session", "refresh_token", "audit_entry"}) {
    const auto seen =
        store_->ReadFor<int64_t>(store::Scope::Tenant("other"), [&](store::Session& session) -> Result<int64_t> {
          MIQ_ASSIGN(const store::Rows rows,
                     session.Query(std::string("SELECT COUNT(*) FROM ") + table + " WHERE tenant_id = 'default'"));
          return rows.at(0).Integer(0);
        });
    EXPECT_EQ(*seen, 0) << table;
  }
}

}  // namespace
}  // namespace migrateiq::core
