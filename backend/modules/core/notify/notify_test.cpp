#include "base/encoding.hpp"
#include "modules/core/core_test_support.hpp"

namespace migrateiq::core {
namespace {

class NotifyTest : public CoreTest {
 protected:
  NotifyTest() {
    owner_ = SetUpOwner();
    owner_id_ = Get("/api/v1/me", owner_).Text("user_id");
    reach_ = *Reach::Make({}, false);
    Listen();
  }
  /// A deliverer whose messages end here.
  void Listen() {
    deliverer_ = std::make_unique<Deliverer>(
        Deliverer::Parts{*store_, *vault_, core_->channels, clock_, options_, &*reach_,
                         [this](const outbound::HttpRequest& request) -> Result<outbound::HttpAnswer> {
                           requests_.push_back(request);
                           return outbound::HttpAnswer{status_};
                         },
                         [this](const outbound::Mail& mail) -> Status {
                           mails_.push_back(mail);
                           return {};
                         }});
  }
  std::string Header(const char* name) {
    for (const auto& [key, value] : requests_.back().headers) {
      if (key == name) return value;
    }
    return "";
  }
  TestAnswer AddWebhook(const std::string& events = "[]") {
    return Post("/api/v1/notification-channels",
                R"({"kind": "webhook", "name": "chat", "target": "https://hooks.example.com/T0/secret", "events": )" +
                    events + "}",
                owner_);
  }
  Notice RunFailed() { return {"run.failed", "A run failed", "Table orders", "/runs/1", {owner_id_}}; }

  std::string owner_, owner_id_;
  std::optional<Reach> reach_;
  std::unique_ptr<Deliverer> deliverer_;
  std::vector<outbound::HttpRequest> requests_;
  std::vector<outbound::Mail> mails_;
  int status_ = 204;
};

TEST_F(NotifyTest, PeopleSeeTheirOwnInTheApp) {
  AddUser("vera@example.com", {"viewer"});
  const std::string viewer = TokenOf("vera@example.com");
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  const TestAnswer list = Get("/api/v1/notifications", owner_);
  ASSERT_EQ(list.body.at("items").as_array().size(), 1u);
  EXPECT_TRUE(Get("/api/v1/notifications", viewer).body.at("items").as_array().empty());
  const std::string path =
      "/api/v1/notifications/" + std::string(list.body.at("items").at(0).at("notification_id").as_string());
  EXPECT_EQ(Post(path + "/read", "", viewer).code, "MIQ-API-003");
  EXPECT_EQ(Post(path + "/read", "", owner_).status, 204);
  Call unread{http::Method::kGet, "/api/v1/notifications", "", owner_};
  unread.query = {{"unread", "true"}};
  EXPECT_TRUE(Ask(unread).body.at("items").as_array().empty());
  EXPECT_EQ(Post("/api/v1/notifications/read-all", "", owner_).status, 204);
}

TEST_F(NotifyTest, WebhooksAreSigned) {
  const TestAnswer made = AddWebhook();
  const std::string secret = made.Text("secret");
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  ASSERT_EQ(requests_.size(), 1u);
  const outbound::HttpRequest& request = requests_[0];
  EXPECT_EQ(request.url, "https://hooks.example.com/T0/secret");
  EXPECT_EQ(request.reach, &*reach_);  // the guard against addresses inside
  EXPECT_EQ(Header("X-MigrateIQ-Event"), "run.failed");
  const std::string time = std::to_string(clock_.Now() / kSecond);
  EXPECT_EQ(Header("X-MigrateIQ-Signature"),
            "t=" + time + ",v1=" + ToHexText(HmacSha256(secret, time + "." + request.body)));
  EXPECT_EQ(boost::json::parse(request.body).at("link"), "http://127.0.0.1:8080/runs/1");
  EXPECT_EQ(*deliverer_->DeliverDue(), 0);
}

TEST_F(NotifyTest, SecretsOfChannelsAreNeitherShownNorStored) {
  const std::string secret = AddWebhook().Text("secret");
  const TestAnswer list = Get("/api/v1/notification-channels", owner_);
  EXPECT_EQ(list.body.at("items").at(0).at("target"), "https://hooks.example.com/...");
  const std::string text = boost::json::serialize(list.body);
  EXPECT_EQ(text.find(secret), std::string::npos);
  EXPECT_EQ(Select("SELECT sealed_secret FROM notification_channel").find(secret), std::string::npos);
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(Select("SELECT sealed_payload FROM outbox").find("orders"), std::string::npos);
}

TEST_F(NotifyTest, FailuresAreRepeatedWithGrowingPauses) {
  AddWebhook();
  status_ = 500;
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  EXPECT_EQ(*deliverer_->DeliverDue(), 0);
  const Micros pauses[] = {10, 40, 160, 640, 2560, 10'240, 21'600};
  for (const Micros pause : pauses) {
    clock_.Advance(pause * kSecond - kSecond);
    EXPECT_EQ(*deliverer_->DeliverDue(), 0) << pause;
    clock_.Advance(kSecond);
    EXPECT_EQ(*deliverer_->DeliverDue(), 1) << pause;
  }
  clock_.Advance(30 * kDay);
  EXPECT_EQ(*deliverer_->DeliverDue(), 0);
  EXPECT_EQ(requests_.size(), 8u);
  EXPECT_EQ(Select("SELECT outcome FROM outbox"), "failed");
}

TEST_F(NotifyTest, ADeadDeliverersWorkIsTakenOver) {
  AddWebhook();
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  ASSERT_TRUE(Execute("UPDATE outbox SET attempts = 1, next_at = " + std::to_string(clock_.Now() + 5 * kMinute)));
  EXPECT_EQ(*deliverer_->DeliverDue(), 0);
  clock_.Advance(5 * kMinute);
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
}

TEST_F(NotifyTest, GoneReceiversAreGivenUp) {
  AddWebhook();
  status_ = 410;
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  EXPECT_EQ(Select("SELECT outcome FROM outbox"), "failed");
}

TEST_F(NotifyTest, WebhooksReachNothingInside) {
  for (const char* url : {"http://169.254.169.254/latest", "http://127.0.0.1:6379/", "http://[::1]/",
                          "http://10.0.0.1/", "http://0.0.0.0/", "http://localhost/"}) {
    ASSERT_EQ(Post("/api/v1/notification-channels",
                   R"({"kind": "webhook", "name": "x", "target": ")" + std::string(url) + "\"}", owner_)
                  .status,
              201);
  }
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  Deliverer real({*store_, *vault_, core_->channels, clock_, options_, &*reach_});
  EXPECT_EQ(*real.DeliverDue(), 6);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM outbox WHERE outcome = 'failed'"), "6");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM outbox WHERE outcome = 'delivered'"), "0");
}

TEST_F(NotifyTest, TargetsMustBeUrlsOrAddresses) {
  for (const char* target : {"ftp://x/y", "javascript:alert(1)", "https://", "https://user:pw@host/",
                             "file:///etc/passwd", "https://a b/", ""})
    EXPECT_EQ(Post("/api/v1/notification-channels",
                   R"({"kind": "webhook", "name": "x", "target": ")" + std::string(target) + "\"}", owner_)
                  .code,
              "MIQ-API-002")
        << target;
  EXPECT_EQ(
      Post("/api/v1/notification-channels", R"({"kind": "email", "name": "x", "target": "no address"})", owner_).code,
      "MIQ-API-002");
}

TEST_F(NotifyTest, ChannelsHearWhatTheyWant) {
  const TestAnswer made = AddWebhook(R"(["run.succeeded"])");
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 0);
  const std::string path =
      "/api/v1/notification-channels/" + std::string(made.body.at("channel").at("channel_id").as_string());
  EXPECT_EQ(Patch(path, R"({"events": [], "enabled": true})", owner_, "\"v1\"").status, 200);
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  EXPECT_EQ(Post(path + "/test", "", owner_).status, 202);
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(Delete(path, owner_).status, 204);
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  EXPECT_EQ(requests_.size(), 2u);
}

TEST_F(NotifyTest, MailsGoOut) {
  ASSERT_EQ(
      Post("/api/v1/notification-channels", R"({"kind": "email", "name": "ops", "target": "Ops@Example.com"})", owner_)
          .status,
      201);
  ASSERT_TRUE(core_->notifier.Notify("default", RunFailed()));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  ASSERT_EQ(mails_.size(), 1u);
  EXPECT_EQ(mails_[0].to, "ops@example.com");
  EXPECT_EQ(mails_[0].subject, "A run failed");
}

TEST_F(NotifyTest, InvitationsGoByMailWhereThereIsAServer) {
  options_.smtp_url = "smtp://127.0.0.1:1";
  Restart();
  Listen();
  const TestAnswer made = Post("/api/v1/invitations", R"({"email": "ian@example.com", "roles": []})", owner_);
  EXPECT_FALSE(made.body.as_object().contains("link"));
  EXPECT_EQ(*deliverer_->DeliverDue(), 1);
  ASSERT_EQ(mails_.size(), 1u);
  EXPECT_NE(mails_[0].text.find("/accept-invitation#token="), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::core
