#include "apps/migrateiq/serve/rights_watch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/migrations.hpp"
#include "platform/realtime/kinds.hpp"

namespace migrateiq::serve {
namespace {

class ClosedConnection : public http::WebSocketConnection {
 public:
  void Send(std::shared_ptr<const std::string>) override {}
  void Close(int code, const std::string&) override { closed = code; }
  size_t queued() const override { return 0; }
  std::atomic<int> closed = 0;
};

/// Two processes, as far as rights are concerned: two caches over one store and one bus.
TEST(RightsWatch, ARevocationElsewhereClosesWebSocketsHereAtOnce) {
  const std::string file = testing::TempDir() + "rights_" + RandomToken(6) + ".db";
  const auto store = *store::Store::Open("sqlite://" + file);
  ASSERT_TRUE(store->Migrate("core", core::CoreMigrations()));
  const auto bus = realtime::MakeMemoryBus();
  core::AccessCache here(*store, SystemClock()), there(*store, SystemClock(), bus.get());
  std::atomic<bool> signed_in = true;
  http::Hub hub(
      *bus, [](const http::Principal&, const std::string&) { return Status(); },
      [&](const http::Principal& who) -> Result<http::Principal> {
        if (!signed_in) return Fail(codes::kApiUnauthenticated, "signed out");
        return who;
      },
      {.recheck = std::chrono::hours(1)});
  auto connection = std::make_shared<ClosedConnection>();
  const auto handler = hub.Accept({.user_id = "u", .tenant_id = "t"});
  handler->OnOpen(connection);
  int loads = 0;
  const auto read = [&] { return here.Get<int>("t", "rights", [&]() -> Result<int> { return ++loads; }); };
  {
    const RightsWatch watch(*bus, here, hub);
    ASSERT_TRUE(read());
    signed_in = false;
    ASSERT_TRUE(store->Write(store::Scope::System(), [](store::Session& s) { return core::RaiseEpoch(s, "t"); }));
    there.Forget("t");
    for (int turn = 0; turn < 500 && connection->closed == 0; ++turn)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(connection->closed, 4401);
    ASSERT_TRUE(read());
    EXPECT_EQ(loads, 2) << "what was remembered of the rights is not used again";
  }
  there.Forget("t");  // nobody watches any more
  handler->OnClose();
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace migrateiq::serve
