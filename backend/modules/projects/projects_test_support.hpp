#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/access.hpp"
#include "modules/core/migrations.hpp"
#include "modules/core/permission.hpp"
#include "modules/projects/project_services.hpp"
#include "platform/realtime/kinds.hpp"
#include "platform/store/store_test_support.hpp"

/// The whole module over a store of its own, asked through its routes as the gateway would.
namespace migrateiq::projects {

class SettableClock : public Clock {
 public:
  Micros Now() const override { return now; }
  Micros now = 1'800'000'000 * kSecond;
};

struct Answered {
  int status = 0;  ///< 0: an error
  std::string code, message, fix, text;
  std::vector<FieldFault> faults;
  boost::json::value body;
  http::Headers headers;

  const boost::json::value& operator[](const char* name) const { return body.at(name); }
  std::string Text(const char* name) const { return std::string(body.at(name).as_string()); }
  int64_t Number(const char* name) const { return body.at(name).as_int64(); }
  std::string Tag() const { return std::string(headers.Get("ETag").value_or("")); }
  bool ok() const { return status >= 200 && status < 300; }
};

inline std::ostream& operator<<(std::ostream& out, const Answered& answer) {
  return out << answer.status << " " << answer.code << " " << answer.message << " " << answer.text;
}

class ProjectsCases : public store::StoreCase {
 protected:
  static constexpr const char* kPassword = "Tr0ub4dor-hush";

  void SetUp() override {
    StoreCase::SetUp();
    if (IsSkipped()) return;
    folder_ = std::filesystem::temp_directory_path() / ("miq_projects_" + NewId());
    std::filesystem::create_directories(folder_ / "shared");
    ASSERT_TRUE(store().Migrate("core", core::CoreMigrations()));
    vault_ = *secrets::OpenVault(store(), "file:" + (folder_ / "master.key").string(), true);
    objects_ = *objects::OpenLocalObjects((folder_ / "objects").string());
    bus_ = realtime::MakeMemoryBus();
    bus_->Listen([this](const realtime::Event& event) { events_.push_back(event); });
    access_ = std::make_unique<core::AccessCache>(store(), clock_);
    for (const char* tenant : {"alpha", "beta"}) AddTenant(tenant);
    Start();
    ada_ = AddUser("alpha", "ada", "owner");
    bob_ = AddUser("alpha", "bob", "");
    eve_ = AddUser("beta", "eve", "owner");
  }

  void TearDown() override {
    if (IsSkipped()) return;
    for (const std::string& text : told_) EXPECT_EQ(text.find(kPassword), std::string::npos) << text;
    for (const realtime::Event& event : events_) EXPECT_EQ(event.data.find(kPassword), std::string::npos);
    services_.reset();
    bus_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Start(bool loopback = true) {
    router_ = std::make_unique<http::Router>();
    ProjectOptions options{.local_folders = {{"alpha", (folder_ / "shared").string()}},
                           .work_folder = (folder_ / "work").string(),
                           .upload_limit = 64 << 20,
                           .storage_quota = 80 << 20};
    auto made = ProjectServices::Make(
        {store(), *vault_, *objects_, *access_, *Reach::Make({}, loopback), options, bus_.get(), clock_});
    ASSERT_TRUE(made) << made.error().ToString();
    services_ = std::move(*made);
    AddProjectRoutes(*router_, *services_);
  }

  void Run(const std::string& sql) {
    const Status done = store().Write(store::Scope::System(), [&](store::Session& session) -> Status {
      MIQ_TRY(session.Execute(sql));
      return {};
    });
    ASSERT_TRUE(done) << done.error().ToString();
  }
  int64_t Count(const std::string& sql) {
    const auto rows = store().ReadFor<store::Rows>(store::Scope::System(),
                                                   [&](store::Session& session) { return session.Query(sql); });
    return rows ? rows->at(0).Integer(0) : -1;
  }
  void AddTenant(const std::string& id) {
    Run("INSERT INTO tenant (tenant_id, name, slug, plan, state, quotas, version, created_at) VALUES ('" + id + "', '" +
        id + "', '" + id + "', 'unlimited', 'active', '{}', 1, 1)");
  }

  http::Principal AddUser(const std::string& tenant, const std::string& name, const std::string& role) {
    const std::string id = NewId();
    Run("INSERT INTO user_account (user_id, tenant_id, email, name, password_hash, state, version, created_at) VALUES "
        "('" +
        id + "', '" + tenant + "', '" + name + "@example.com', '" + name + "', '', 'active', 1, 1)");
    return WithRole({.user_id = id, .tenant_id = tenant, .name = name}, role);
  }
  static http::Principal WithRole(http::Principal who, const std::string& role) {
    who.permissions.clear();
    for (const core::BuiltInRole& one : core::BuiltInRoles()) {
      if (one.name == role) who.permissions.assign(one.permissions.begin(), one.permissions.end());
    }
    std::ranges::sort(who.permissions);
    return who;
  }

  using Fields = std::vector<std::pair<std::string, std::string>>;
  struct Call {
    http::Method method = http::Method::kGet;
    std::string path, body;
    Fields headers{}, query{};
  };

  Answered Ask(const http::Principal& who, const Call& call) {
    http::Request request{call.method, "/api/v1/" + call.path, call.query};
    request.body = call.body;
    if (!call.body.empty()) request.headers.Set("Content-Type", "application/json");
    for (const auto& [name, value] : call.headers) request.headers.Set(name, value);
    http::Response response;
    Answered answer;
    const Status status = Serve(who, request, response, answer.faults);
    answer.headers = response.headers;
    answer.text = response.stream ? Drain(*response.stream) : response.body;
    if (status) {
      answer.status = response.status;
      if (response.content_type == "application/json" && !answer.text.empty())
        answer.body = boost::json::parse(answer.text);
    } else {
      answer.code = status.error().code.code;
      answer.message = status.error().message;
      answer.fix = status.error().FixText();
    }
    told_.push_back(answer.text + answer.message + answer.fix);
    for (const FieldFault& fault : answer.faults) told_.push_back(fault.message);
    return answer;
  }

  Answered Get(const http::Principal& who, const std::string& path, const Fields& query = {}) {
    return Ask(who, {http::Method::kGet, path, "", {}, query});
  }
  Answered Post(const http::Principal& who, const std::string& path, const boost::json::value& body,
                const Fields& query = {}, const std::string& tag = "*") {
    return Ask(who, {http::Method::kPost, path, JsonText(body), {{"If-Match", tag}}, query});
  }
  Answered Patch(const http::Principal& who, const std::string& path, const boost::json::value& body,
                 const std::string& tag) {
    return Ask(who, {http::Method::kPatch, path, JsonText(body), {{"If-Match", tag}}});
  }
  Answered Put(const http::Principal& who, const std::string& path, const boost::json::value& body,
               const std::string& tag) {
    return Ask(who, {http::Method::kPut, path, JsonText(body), {{"If-Match", tag}}});
  }
  Answered Delete(const http::Principal& who, const std::string& path, const std::string& tag = "*") {
    return Ask(who, {http::Method::kDelete, path, "", {{"If-Match", tag}}});
  }
  Answered SendPart(const http::Principal& who, const std::string& upload, int64_t offset, const std::string& bytes) {
    return Ask(who, {http::Method::kPatch, "uploads/" + upload, bytes, {{"Upload-Offset", std::to_string(offset)}}});
  }

  /// The id of a new connection.
  std::string Connect(const http::Principal& who, const std::string& name, const std::string& url,
                      bool production = false) {
    const Answered made = Post(who, "connections", {{"name", name}, {"url", url}, {"production", production}});
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("connection_id") : "";
  }
  std::string MakeProject(const http::Principal& who, const std::string& name) {
    const Answered made = Post(who, "projects", {{"name", name}});
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("project_id") : "";
  }
  std::string Upload(const http::Principal& who, const std::string& name, const std::string& bytes) {
    const Answered begun = Post(who, "uploads", {{"name", name}, {"size", static_cast<int64_t>(bytes.size())}});
    EXPECT_EQ(begun.status, 201) << begun;
    if (!begun.ok()) return "";
    const Answered done = SendPart(who, begun.Text("upload_id"), 0, bytes);
    EXPECT_EQ(done.status, 200) << done;
    return done.ok() ? std::string(done["file"].at("file_id").as_string()) : "";
  }
  static std::string PlanText(const std::string& source = "shop", const std::string& target = "crm") {
    return "# written by hand\nversion: 1\nsource: {connection: " + source + "}\ntarget: {connection: " + target +
           "}\nmappings:\n  - {source: customer, target: customers}\n";
  }
  /// Two connections named shop and crm.
  void ConnectBoth() {
    Connect(ada_, "shop", "fake:lineitem?rows=10");
    Connect(ada_, "crm", "sqlite:folder:crm.db");
  }
  std::string MakePlan(const std::string& project, const std::string& name = "main") {
    const Answered made =
        Post(ada_, "projects/" + project + "/plans", {{"name", name}, {"text", PlanText()}, {"message", "first"}});
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("plan_id") : "";
  }
  size_t EventsOf(const std::string& topic, const std::string& type) const {
    return static_cast<size_t>(std::ranges::count_if(
        events_, [&](const realtime::Event& event) { return event.topic == topic && event.type == type; }));
  }

  std::filesystem::path folder_;
  SettableClock clock_;
  std::unique_ptr<secrets::Vault> vault_;
  std::unique_ptr<objects::ObjectStore> objects_;
  std::unique_ptr<realtime::Bus> bus_;
  std::unique_ptr<core::AccessCache> access_;
  std::unique_ptr<ProjectServices> services_;
  std::unique_ptr<http::Router> router_;
  http::Principal ada_, bob_, eve_;  ///< owner and nobody of alpha; owner of beta
  std::vector<realtime::Event> events_;
  std::vector<std::string> told_;  ///< everything that left the module

 private:
  static std::string Drain(http::BodySource& source) {
    std::string all;
    for (auto piece = source.Next(); piece && !piece->empty(); piece = source.Next()) all += *piece;
    return all;
  }

  Status Permit(const http::Principal& who, std::string_view permission, const std::string& project) {
    if (core::Holds(who.permissions, permission)) return {};
    if (!project.empty()) {
      MIQ_ASSIGN(
          const auto granted,
          store().ReadFor<std::vector<std::string>>(store::Scope::Tenant(who.tenant_id), [&](store::Session& session) {
            return core::ReadProjectPermissions(session, who.tenant_id, who.user_id, project);
          }));
      if (core::Holds(granted, permission)) return {};
    }
    return Fail(codes::kApiForbidden, std::string(permission));
  }

  Status Serve(const http::Principal& who, const http::Request& request, http::Response& response,
               std::vector<FieldFault>& faults) {
    const http::Router::Match match = router_->Find(request.method, request.path);
    if (match.route == nullptr) return Fail(codes::kApiMethod, "no route");
    const http::Route& route = *match.route;
    http::Context context{
        request,
        who,
        match.path,
        "request-1",
        "trace-1",
        {},
        response,
        {},
        [&](std::string_view permission, const std::string& project) { return Permit(who, permission, project); }};
    if (route.access == http::Access::kPermission)
      MIQ_TRY(
          Permit(who, route.permission, route.project_parameter.empty() ? "" : match.path.at(route.project_parameter)));
    const Status status = route.handler(context);
    faults = context.faults;
    return status;
  }
};

}  // namespace migrateiq::projects
