#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/core_test_support.hpp"
#include "modules/core/notify/local_sinks_test_support.hpp"

namespace migrateiq::core {
namespace {

/// From the notice that a module puts down to the app, a webhook and a mailbox, over real connections.
class NotifyEndToEndTest : public CoreTest {
 protected:
  NotifyEndToEndTest() {
    options_.smtp_url = mails_.url();
    Restart();
    owner_ = SetUpOwner();
    owner_id_ = Get("/api/v1/me", owner_).Text("user_id");
    deliverer_ =
        std::make_unique<Deliverer>(Deliverer::Parts{*store_, *vault_, core_->channels, clock_, options_, &*reach_});
  }

  Status PutDown(const Notice& notice) {
    return store_->Write(store::Scope::Tenant("default"),
                         [&](store::Session& session) { return PutNotice(session, "default", notice, clock_.Now()); });
  }
  Notice RunFailed() {
    return {.event = "run.failed",
            .title = "The run of 'shop' failed",
            .text = "The run of 'shop' failed with MIQ-CONN-001.",
            .link = "/runs/r1",
            .user_ids = {owner_id_}};
  }
  std::string AddWebhook() {
    const TestAnswer made =
        Post("/api/v1/notification-channels",
             R"({"kind": "webhook", "name": "chat", "target": ")" + webhooks_.url() + "\"}", owner_);
    EXPECT_EQ(made.status, 201) << made.message;
    secret_ = made.Text("secret");
    return std::string(made.body.at("channel").at("channel_id").as_string());
  }
  TestAnswer Choose(const std::string& token, const std::string& event, const std::string& how) {
    return Ask({http::Method::kPut, "/api/v1/me/notification-preferences/" + event, how, token});
  }
  size_t InApp(const std::string& token) {
    return Get("/api/v1/notifications", token).body.at("items").as_array().size();
  }

  WebhookSink webhooks_;
  MailSink mails_;
  std::optional<Reach> reach_ = *Reach::Make({}, true);
  std::unique_ptr<Deliverer> deliverer_;
  std::string owner_, owner_id_, secret_;
};

TEST_F(NotifyEndToEndTest, ANoticeReachesAppWebhookAndMail) {
  AddWebhook();
  ASSERT_EQ(Choose(owner_, "run.failed", R"({"in_app": true, "mail": true})").status, 200);
  ASSERT_TRUE(PutDown(RunFailed()));
  EXPECT_EQ(InApp(owner_), 0U) << "it was only put down yet";
  EXPECT_EQ(*core_->notifier.SendPut(), 1);
  EXPECT_EQ(*core_->notifier.SendPut(), 0) << "each notice is handed on once";
  EXPECT_EQ(InApp(owner_), 1U);
  EXPECT_EQ(*deliverer_->DeliverDue(), 2);
  const auto hooks = webhooks_.all();
  ASSERT_EQ(hooks.size(), 1U);
  EXPECT_EQ(hooks[0].Header("X-MigrateIQ-Event"), "run.failed");
  const std::string signature = hooks[0].Header("X-MigrateIQ-Signature");
  const std::string time = signature.substr(2, signature.find(',') - 2);
  EXPECT_EQ(signature, "t=" + time + ",v1=" + ToHexText(HmacSha256(secret_, time + "." + hooks[0].body)));
  const auto mails = mails_.all();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("The run of 'shop' failed with MIQ-CONN-001."), std::string::npos) << mails[0];
  EXPECT_NE(mails[0].find("http://127.0.0.1:8080/runs/r1"), std::string::npos) << mails[0];
}

TEST_F(NotifyEndToEndTest, ANoticeOfARolledBackChangeIsNone) {
  EXPECT_FALSE(store_->Write(store::Scope::Tenant("default"), [&](store::Session& session) -> Status {
    MIQ_TRY(PutNotice(session, "default", RunFailed(), clock_.Now()));
    return Fail(codes::kApiState, "not today");
  }));
  EXPECT_EQ(*core_->notifier.SendPut(), 0);
}

TEST_F(NotifyEndToEndTest, WhatIsGivenUpIsSeenAndTriedAgain) {
  const std::string path = "/api/v1/notification-channels/" + AddWebhook() + "/deliveries";
  webhooks_.status = 503;
  ASSERT_TRUE(PutDown(RunFailed()));
  ASSERT_TRUE(core_->notifier.SendPut());
  ASSERT_TRUE(deliverer_->DeliverDue());
  TestAnswer list = Get(path, owner_);
  ASSERT_EQ(list.body.at("items").as_array().size(), 1U);
  EXPECT_EQ(list.body.at("items").at(0).at("outcome"), "waiting");
  EXPECT_EQ(list.body.at("items").at(0).at("problem"), "the receiver answered 503");
  const std::string again =
      path + "/" + std::string(list.body.at("items").at(0).at("delivery_id").as_string()) + "/retry";
  EXPECT_EQ(Post(again, "", owner_).code, "MIQ-API-020") << "it is tried anyway";
  for (int attempt = 1; attempt < 8; ++attempt) {
    clock_.Advance(6 * kHour);
    ASSERT_TRUE(deliverer_->DeliverDue());
  }
  owner_ = TokenOf("olga@example.com");  // the old one has expired
  list = Get(path, owner_);
  EXPECT_EQ(list.body.at("items").at(0).at("outcome"), "failed");
  EXPECT_EQ(list.body.at("items").at(0).at("attempts"), 8);
  webhooks_.status = 204;
  EXPECT_EQ(Post(again, "", owner_).status, 202);
  ASSERT_TRUE(deliverer_->DeliverDue());
  EXPECT_EQ(Get(path, owner_).body.at("items").at(0).at("outcome"), "delivered");
  AddUser("vera@example.com", {"viewer"});
  EXPECT_EQ(Get(path, TokenOf("vera@example.com")).code, "MIQ-API-006");
}

TEST_F(NotifyEndToEndTest, PeopleChooseWhatTheyHear) {
  AddUser("vera@example.com", {"viewer"});
  AddUser("nora@example.com", {});
  const std::string vera = TokenOf("vera@example.com"), nora = TokenOf("nora@example.com");
  const TestAnswer all = Get("/api/v1/me/notification-preferences", vera);
  EXPECT_EQ(all.body.at("items").as_array().size(), NotificationEvents().size());
  EXPECT_EQ(all.body.at("items").at(0).at("whose"), "own");
  EXPECT_EQ(Choose(vera, "no.such", R"({"in_app": true, "mail": false})").code, "MIQ-API-003");
  Notice notice = RunFailed();
  notice.project_id = "project-1";
  ASSERT_TRUE(core_->notifier.Notify("default", notice));
  EXPECT_EQ(InApp(vera), 0U) << "it does not concern her";
  for (const std::string& token : {vera, nora})
    ASSERT_EQ(Choose(token, "run.failed", R"({"in_app": true, "mail": false, "whose": "all"})").status, 200);
  ASSERT_EQ(Choose(owner_, "run.failed", R"({"in_app": false, "mail": false})").status, 200);
  ASSERT_TRUE(core_->notifier.Notify("default", notice));
  EXPECT_EQ(InApp(vera), 1U) << "she may see the runs of all projects, and wants to hear of them";
  EXPECT_EQ(InApp(nora), 0U) << "she may see none";
  EXPECT_EQ(InApp(owner_), 1U) << "only what came before the choice";
}

TEST_F(NotifyEndToEndTest, AMentionReachesWhoMaySeeTheProjectThoughNotItsRuns) {
  const TestAnswer role =
      Post("/api/v1/roles", R"({"name": "reader", "text": "", "permissions": ["projects.read"]})", owner_);
  ASSERT_EQ(role.status, 201) << role.message;
  const std::string rita = AddUser("rita@example.com", {role.Text("role_id")}), nora = AddUser("nora@example.com", {});
  Notice notice{.event = "comment.mention", .title = "x", .text = "y", .link = "", .user_ids = {rita, nora}};
  notice.project_id = "project-1";
  ASSERT_TRUE(core_->notifier.Notify("default", notice));
  notice.event = "run.failed";
  ASSERT_TRUE(core_->notifier.Notify("default", notice));
  EXPECT_EQ(InApp(TokenOf("rita@example.com")), 1U) << "of the mention, not of the run";
  EXPECT_EQ(InApp(TokenOf("nora@example.com")), 0U) << "she may not see the project";
}

TEST_F(NotifyEndToEndTest, AnAudienceIsWhoeverHoldsThePermission) {
  AddUser("adam@example.com", {"admin"});
  AddUser("vera@example.com", {"viewer"});
  Notice wanted{.event = "approval.wanted", .title = "Approval wanted", .text = "x", .link = "", .user_ids = {}};
  wanted.project_id = "project-1";
  wanted.audience = "runs.approve";
  wanted.except_ids = {owner_id_};
  ASSERT_TRUE(PutDown(wanted));
  ASSERT_TRUE(core_->notifier.SendPut());
  EXPECT_EQ(InApp(TokenOf("adam@example.com")), 1U);
  EXPECT_EQ(InApp(TokenOf("vera@example.com")), 0U);
  EXPECT_EQ(InApp(owner_), 0U) << "who asked knows";
}

TEST_F(NotifyEndToEndTest, ChannelsAreForEventsThatExist) {
  EXPECT_EQ(
      Post("/api/v1/notification-channels",
           R"({"kind": "webhook", "name": "x", "target": "https://h.example/", "events": ["run.exploded"]})", owner_)
          .code,
      "MIQ-API-002");
}

}  // namespace
}  // namespace migrateiq::core
