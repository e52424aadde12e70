#include <chrono>
#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "connectors/postgres/postgres_test_support.hpp"

namespace migrateiq::postgres {
namespace {

using PostgresSession = PostgresDb;

TEST_F(PostgresSession, AStopRequestEndsAWaitAtOnce) {
  std::stop_source stop;
  auto session = Session::Open(url_, {.stop = stop.get_token()});
  ASSERT_TRUE(session);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  const Status slept = (*session)->Execute("SELECT pg_sleep(30)");
  later.join();
  ASSERT_FALSE(slept);
  EXPECT_TRUE(slept.error().Is(codes::kRunInterrupted));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(Ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()"),
            "0");
}

TEST_F(PostgresSession, ConnectionFailuresSayWhatIsWrong) {
  Url wrong = url_;
  wrong.path = "no such database";
  auto session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnDatabase)) << session.error().ToString();
  wrong.port = "1";
  session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnUnreachable)) << session.error().ToString();
  wrong = url_;
  wrong.user = "nobody there";
  session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnAuth)) << session.error().ToString();
}

}  // namespace
}  // namespace migrateiq::postgres
