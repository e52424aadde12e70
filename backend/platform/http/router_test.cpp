#include "platform/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_text.hpp"
#include "platform/http/document.hpp"

namespace migrateiq::http {
namespace {

struct CreateThing {
  Text<1, 10> name;
  std::optional<int> size;
};
BOOST_DESCRIBE_STRUCT(CreateThing, (), (name, size))

struct ThingView {
  std::string id, name;
};
BOOST_DESCRIBE_STRUCT(ThingView, (), (id, name))

enum class ThingOrder { name, size };
BOOST_DESCRIBE_ENUM(ThingOrder, name, size)

struct ListThings {
  std::optional<Number<1, 200>> limit;
  std::optional<ThingOrder> order;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListThings, (), (limit, order, cursor))

/// What another module might have, and would not know of.
namespace other {

struct ThingView {
  std::string id, name;
};
BOOST_DESCRIBE_STRUCT(ThingView, (), (id, name))

enum class ThingOrder { name, size };
BOOST_DESCRIBE_ENUM(ThingOrder, name, size)

struct ListThings {
  std::optional<ThingOrder> order;
};
BOOST_DESCRIBE_STRUCT(ListThings, (), (order))

struct CountThings {
  std::optional<bool> all;
};
BOOST_DESCRIBE_STRUCT(CountThings, (), (all))

}  // namespace other

Route ThingRoute(Method method, std::string path, std::string name) {
  Route route{method, std::move(path), std::move(name), "things", "Does things."};
  route.permission = "things.write";
  return route;
}

void AddThings(Router& router) {
  router.Add<CreateThing, Nothing, ThingView>(
      ThingRoute(Method::kPost, "/api/v1/things", "createThing"),
      [](Context&, const CreateThing& body, const Nothing&) -> Result<ThingView> {
        return ThingView{"1", body.name};
      });
  router.Add<Nothing, ListThings, Page<ThingView>>(
      ThingRoute(Method::kGet, "/api/v1/things", "listThings"),
      [](Context&, const Nothing&, const ListThings& query) -> Result<Page<ThingView>> {
        return Page<ThingView>{{{"1", std::to_string(query.limit.value_or(50))}}, std::nullopt};
      });
  router.Add<Nothing, Nothing, ThingView>(ThingRoute(Method::kGet, "/api/v1/things/{thing_id}", "getThing"),
                                          [](Context& context, const Nothing&, const Nothing&) -> Result<ThingView> {
                                            return ThingView{context.Path("thing_id"), "x"};
                                          });
  Route remove = ThingRoute(Method::kDelete, "/api/v1/things/{id}", "removeThing");
  remove.conditional = true;
  router.Add<Nothing, Nothing, Nothing>(std::move(remove),
                                        [](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(context.RequireMatch(3));
                                          return Nothing{};
                                        });
  router.Add<Nothing, Nothing, ThingView>(ThingRoute(Method::kGet, "/api/v1/things/newest", "getNewest"),
                                          [](Context&, const Nothing&, const Nothing&) -> Result<ThingView> {
                                            return ThingView{"9", "newest"};
                                          });
}

struct Answer {
  int status = 0;
  std::string body, error;
  std::vector<FieldFault> faults;
};

Answer Call(const Router& router, Request request) {
  const Router::Match match = router.Find(request.method, request.path);
  if (match.route == nullptr) return {match.allowed.empty() ? 404 : 405};
  Principal principal;
  Response response;
  Context context{request, principal, match.path, "r", "t", {}, response};
  const Status status = match.route->handler(context);
  return {response.status, response.body, status ? "" : status.error().ToString(), context.faults};
}

Request JsonRequest(Method method, std::string path, std::string body) {
  Request request{method, std::move(path)};
  request.headers.Set("Content-Type", "application/json; charset=utf-8");
  request.body = std::move(body);
  return request;
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() { AddThings(router_); }
  Router router_;
};

TEST_F(RouterTest, FindsByMethodAndPath) {
  EXPECT_EQ(router_.Find(Method::kGet, "/api/v1/things").route->name, "listThings");
  EXPECT_EQ(router_.Find(Method::kGet, "/api/v1/things/newest").route->name, "getNewest");
  const Router::Match match = router_.Find(Method::kGet, "/api/v1/things/a b%2F");
  EXPECT_EQ(match.route->name, "getThing");
  EXPECT_EQ(match.path.at("thing_id"), "a b%2F");
  EXPECT_EQ(router_.Find(Method::kDelete, "/api/v1/things/7").path.at("id"), "7");
  EXPECT_EQ(router_.Find(Method::kHead, "/api/v1/things").route->name, "listThings");
}

TEST_F(RouterTest, KnowsWhatAPathTakes) {
  for (const char* path : {"", "/", "/api/v1/thing", "/api/v1/things/", "/api/v1/things/1/2", "/api/v1//things",
                           "api/v1/things", "//api/v1/things"}) {
    const Router::Match match = router_.Find(Method::kGet, path);
    EXPECT_TRUE(match.route == nullptr && match.allowed.empty()) << path;
  }
  EXPECT_EQ(router_.Find(Method::kPut, "/api/v1/things").allowed, (std::vector{Method::kGet, Method::kPost}));
}

TEST_F(RouterTest, ARestTakesWhatNobodyElseTakes) {
  router_.AddRaw({Method::kGet, "/{path...}", "getWeb", "web", "The web app.", Access::kPublic},
                 [](Context& context) -> Status {
                   context.response.body = context.Path("path");
                   return {};
                 });
  EXPECT_EQ(Call(router_, {Method::kGet, "/a/b.js"}).body, "a/b.js");
  EXPECT_EQ(Call(router_, {Method::kGet, "/"}).body, "");
  EXPECT_EQ(router_.Find(Method::kGet, "/api/v1/things/newest").route->name, "getNewest");
  EXPECT_EQ(Call(router_, {Method::kGet, "/api/v1/things/1/2"}).body, "api/v1/things/1/2");
}

TEST_F(RouterTest, RefusesContradictions) {
  EXPECT_THROW(AddThings(router_), std::logic_error);
  EXPECT_THROW(router_.AddRaw(ThingRoute(Method::kGet, "/api/v1/things/{other}", "another"), {}), std::logic_error);
}

TEST_F(RouterTest, RefusesTwoTypesOfOneName) {
  const auto add = [&]<class Query, class Answer>(const char* name) {
    router_.Add<Nothing, Query, Answer>(
        ThingRoute(Method::kGet, std::string("/api/v1/") + name, name),
        [](Context&, const Nothing&, const Query&) -> Result<Answer> { return Answer{}; });
  };
  EXPECT_THROW((add.operator()<Nothing, other::ThingView>("answers")), std::logic_error);
  EXPECT_THROW((add.operator()<Nothing, Page<other::ThingView>>("pages")), std::logic_error);
  EXPECT_THROW((add.operator()<other::ListThings, Nothing>("orders")), std::logic_error);
  EXPECT_NO_THROW((add.operator()<other::CountThings, ThingView>("again")));
}

TEST_F(RouterTest, DecodesCallsAndEncodes) {
  const Answer made = Call(router_, JsonRequest(Method::kPost, "/api/v1/things", R"({"name": "n"})"));
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body, R"({"id": "1", "name": "n"})");
  Request list{Method::kGet, "/api/v1/things", {{"limit", "7"}}};
  EXPECT_EQ(Call(router_, std::move(list)).body, R"({"items": [{"id": "1", "name": "7"}]})");
}

TEST_F(RouterTest, HandsOverTheFaults) {
  const Answer wrong = Call(router_, JsonRequest(Method::kPost, "/api/v1/things", R"({"nam": "n", "size": "x"})"));
  EXPECT_EQ(wrong.error.substr(0, 11), "MIQ-API-002");
  ASSERT_EQ(wrong.faults.size(), 3u);
  EXPECT_EQ(wrong.faults[1].pointer, "/size");
  EXPECT_EQ(Call(router_, {Method::kPost, "/api/v1/things"}).faults.at(0).message, "is required");
  EXPECT_EQ(Call(router_, {Method::kGet, "/api/v1/things", {{"page", "2"}}}).faults.at(0).pointer, "/page");
}

TEST_F(RouterTest, TakesJsonBodiesOnly) {
  Request request = JsonRequest(Method::kPost, "/api/v1/things", R"({"name": "n"})");
  request.headers.Set("Content-Type", "text/plain");
  EXPECT_EQ(Call(router_, request).error.substr(0, 11), "MIQ-API-015");
  request.headers = {};
  EXPECT_EQ(Call(router_, request).error.substr(0, 11), "MIQ-API-015");
  request.headers.Set("Content-Type", "Application/Merge-Patch+JSON");
  EXPECT_EQ(Call(router_, std::move(request)).status, 201);
}

TEST_F(RouterTest, ChangesNeedTheirVersion) {
  Request request{Method::kDelete, "/api/v1/things/1"};
  EXPECT_EQ(Call(router_, request).error.substr(0, 11), "MIQ-API-010");
  for (const char* stale : {"\"v2\"", "v3", "\"v33\"", "W/\"v3\"", ""}) {
    request.headers.Set("If-Match", stale);
    EXPECT_EQ(Call(router_, request).error.substr(0, 11), "MIQ-API-009") << stale;
  }
  for (const char* fresh : {"\"v3\"", "\"v1\", \"v3\"", "*"}) {
    request.headers.Set("If-Match", fresh);
    EXPECT_EQ(Call(router_, request).status, 204) << fresh;
  }
}

TEST_F(RouterTest, DocumentsItself) {
  AddDocumentRoutes(router_, "1.2");
  const boost::json::value document = router_.OpenApi("1.2");
  EXPECT_EQ(LintOpenApi(document), std::vector<std::string>());
  const auto& list = document.at("paths").at("/api/v1/things").at("get");
  EXPECT_EQ(list.at("x-permission"), "things.write");
  EXPECT_EQ(
      JsonText(list.at("parameters").at(1)),
      R"({"name": "order", "in": "query", "required": false, "schema": {"$ref": "#/components/schemas/ThingOrder"}})");
  const auto& remove = document.at("paths").at("/api/v1/things/{id}").at("delete");
  EXPECT_EQ(remove.at("parameters").at(1).at("name"), "If-Match");
  EXPECT_TRUE(remove.at("responses").as_object().contains("412"));
  EXPECT_FALSE(document.at("components").at("schemas").as_object().contains("ListThings"));
}

TEST_F(RouterTest, LintFindsWhatIsMissing) {
  Route route{Method::kGet, "/api/v1/odd", "getOdd", "", "Odd"};
  route.project_parameter = "project_id";
  router_.AddRaw(std::move(route), {});
  boost::json::value document = router_.OpenApi("1");
  document.at("components").at("schemas").as_object().erase("ThingView");
  document.at("components").at("schemas").as_object()["Lost"] = boost::json::object();
  EXPECT_EQ(LintOpenApi(document).size(), 7u);
}

/// What the lint says of a document whose list of things was changed.
std::vector<std::string> LintAfter(const Router& router, const std::function<void(boost::json::object&)>& change) {
  boost::json::value document = router.OpenApi("1");
  change(document.at("paths").at("/api/v1/things").at("get").as_object());
  return LintOpenApi(document);
}

TEST_F(RouterTest, LintWantsAccessErrorsDescriptionsAndPages) {
  namespace json = boost::json;
  const auto only = [&](const std::string& fault, const std::function<void(json::object&)>& change) {
    EXPECT_EQ(LintAfter(router_, change), std::vector<std::string>{"get /api/v1/things: " + fault});
  };
  EXPECT_EQ(LintAfter(router_, [](json::object&) {}), std::vector<std::string>());
  only("its access is not stated", [](json::object& list) {
    list.erase("x-access");
    list.erase("x-permission");
  });
  only("it names no permission", [](json::object& list) { list.erase("x-permission"); });
  only("security and access contradict each other", [](json::object& list) { list["security"] = json::array(); });
  only("it does not say that it may answer 401",
       [](json::object& list) { list.at("responses").as_object().erase("401"); });
  only("its body is not described", [](json::object& list) {
    list["requestBody"] = {{"content", {{"application/json", {{"schema", json::object()}}}}}};
    list.at("responses").as_object()["413"] = list.at("responses").at("403");
  });
  only("its operationId is not in style: list_things", [](json::object& list) { list["operationId"] = "list_things"; });
  only("a list takes limit and cursor, or is stated as whole", [](json::object& list) { list["x-whole-list"] = true; });
}

TEST_F(RouterTest, LintWantsPathsInStyle) {
  for (const char* path : {"/api/v1/Things", "/api/v1/some_things", "/api/v1/things/", "/api/v2/things", "/things",
                           "/api/v1/things/{thingId}"}) {
    Router router;
    Route route{Method::kGet, path, "getThing", "things", "One thing.", Access::kSignedIn};
    router.AddRaw(Answering(std::move(route), "text/plain"), {});
    EXPECT_THAT(LintOpenApi(router.OpenApi("1")), testing::Contains(std::string(path) + ": its path is not in style"));
  }
}

TEST_F(RouterTest, ServesItsPageWithoutForeignParts) {
  AddDocumentRoutes(router_, "1.2");
  const std::string page = Call(router_, {Method::kGet, "/api/v1/docs"}).body;
  EXPECT_NE(page.find("docs/page.js"), std::string::npos);
  EXPECT_EQ(page.find("://"), std::string::npos);
  EXPECT_EQ(page.find("onclick"), std::string::npos);
  EXPECT_NE(Call(router_, {Method::kGet, "/api/v1/docs/page.js"}).body.find("fetch("), std::string::npos);
  EXPECT_NE(Call(router_, {Method::kGet, "/api/v1/openapi.json"}).body.find("\"3.1.0\""), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::http
