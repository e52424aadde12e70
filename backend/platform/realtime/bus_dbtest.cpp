#include <cstdlib>

#include "base/random.hpp"
#include "platform/realtime/bus_test_support.hpp"

namespace migrateiq::realtime {
namespace {

class RedisBusTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* url = std::getenv("MIQ_TEST_REDIS");
    if (url == nullptr) GTEST_SKIP() << "MIQ_TEST_REDIS is not set";
    url_ = url;
  }
  std::unique_ptr<Bus> Make() const { return *MakeRedisBus(url_, prefix_); }
  std::string url_;
  const std::string prefix_ = "test-" + RandomToken(6);
};

TEST_F(RedisBusTest, EventsGoFromOneProcessToAnother) {
  const auto publisher = Make(), hearer = Make();
  cases::EventsAreNumberedPerTopicAndHeard(*publisher, *hearer);
}

TEST_F(RedisBusTest, HistoryIsGivenWhileItIsKept) { cases::HistoryIsGivenWhileItIsKept(*Make()); }

}  // namespace
}  // namespace migrateiq::realtime
