#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "apps/migrateiq/serve/load_settings.hpp"
#include "apps/migrateiq/serve/server_app.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/permission.hpp"
#include "platform/http/document.hpp"

namespace migrateiq::serve {
namespace {

namespace json = boost::json;

const std::filesystem::path kFile = std::filesystem::path(MIQ_SOURCE_DIR) / "docs/api/openapi.json";

/// The document of a whole server that listens nowhere.
json::value MakeDocument() {
  const auto folder = std::filesystem::temp_directory_path() / ("miq_openapi_" + NewId());
  json::value document;
  {
    const auto app = ServerApp::Make(*LoadServerSettings("", {}, folder.string()));
    if (!app) ADD_FAILURE() << app.error().ToString();
    if (app) document = (*app)->OpenApi();
  }
  std::filesystem::remove_all(folder);
  return document;
}

const json::value& Document() {
  static const json::value kDocument = MakeDocument();
  return kDocument;
}

/// A line for each value that is not a list or object: what changed shows in a diff.
void Write(const json::value& value, const std::string& indent, std::string& text) {
  const std::string deeper = indent + "  ";
  const char* before = "\n";
  const auto next = [&] { text += std::exchange(before, ",\n") + deeper; };
  if (const json::object* object = value.if_object(); object != nullptr && !object->empty()) {
    text += '{';
    for (const auto& member : *object) {
      next();
      text += JsonQuoted(member.key()) + ": ";
      Write(member.value(), deeper, text);
    }
    text += '\n' + indent + '}';
  } else if (const json::array* array = value.if_array(); array != nullptr && !array->empty()) {
    text += '[';
    for (const json::value& item : *array) {
      next();
      Write(item, deeper, text);
    }
    text += '\n' + indent + ']';
  } else {
    text += JsonText(value);
  }
}

template <class Visit>
void EachOperation(const Visit& visit) {
  for (const auto& path : Document().at("paths").as_object()) {
    for (const auto& method : path.value().as_object())
      visit(std::string(method.key()) + " " + std::string(path.key()), method.value().as_object());
  }
}

TEST(GoldenOpenApi, IsAsCheckedIn) {
  std::string text;
  Write(Document(), "", text);
  text += '\n';
  const char* wish = std::getenv("MIQ_GOLDEN");
  if (wish != nullptr && std::string_view(wish) == "rewrite") {
    std::filesystem::create_directories(kFile.parent_path());
    std::ofstream(kFile) << text;
  }
  std::ostringstream stored;
  stored << std::ifstream(kFile).rdbuf();
  EXPECT_TRUE(stored.str() == text) << kFile << " is not up to date: ./dev golden";
}

TEST(OpenApi, TheWholeDocumentHasNoFaults) { EXPECT_EQ(http::LintOpenApi(Document()), std::vector<std::string>()); }

TEST(OpenApi, EveryRoutesPermissionExists) {
  EachOperation([](const std::string& where, const json::object& operation) {
    const json::value* permission = operation.if_contains("x-permission");
    if (permission == nullptr) return;
    EXPECT_TRUE(core::IsPermission(std::string(permission->as_string()))) << where;
  });
}

/// What everybody may ask, without a sign-in: the list is written down here, so that it does not grow by accident.
TEST(OpenApi, NothingIsPublicByAccident) {
  const std::set<std::string> expected{"setUpOwner",    "logIn",         "refreshTokens",    "forgotPassword",
                                       "resetPassword", "getJwks",       "acceptInvitation", "getHealth",
                                       "getCsrfToken",  "getReadiness",  "getMetrics",       "getOpenApi",
                                       "getDocs",       "getDocsScript", "getDocsStyle"};
  std::set<std::string> found;
  EachOperation([&](const std::string&, const json::object& operation) {
    if (operation.at("x-access") == "public") found.insert(std::string(operation.at("operationId").as_string()));
  });
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace migrateiq::serve
