#include "platform/http/document.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/encoding.hpp"
#include "base/json_text.hpp"
#include "platform/http/docs_pages.hpp"

namespace migrateiq::http {

namespace {

/// The page's script and style come from here, its requests go here, and it is shown in no frame.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

/// The document, made once when it is first asked for.
class Document {
 public:
  Document(const Router& router, std::string version) : router_(router), version_(std::move(version)) {}

  void Write(Context& context) {
    std::call_once(made_, [this] {
      text_ = JsonText(router_.OpenApi(version_));
      tag_ = '"' + ToHexText(Sha256(text_)).substr(0, 32) + '"';
    });
    context.response.headers.Set("ETag", tag_);
    context.response.headers.Set("Cache-Control", "no-cache");
    context.response.body = text_;
  }

 private:
  const Router& router_;
  std::string version_, text_, tag_;
  std::once_flag made_;
};

Route PublicPage(std::string path, std::string name, std::string summary) {
  Route route{Method::kGet, std::move(path), std::move(name), "document", std::move(summary), Access::kPublic};
  return route;
}

void AddPage(Router& router, Route route, const char* text, const char* type) {
  std::string media_type(type);
  media_type.resize(std::min(media_type.find(';'), media_type.size()));
  router.AddRaw(Answering(std::move(route), media_type), [text, type](Context& context) -> Status {
    context.response.headers.Set("Content-Security-Policy", kPolicy);
    context.response.headers.Set("Cache-Control", "no-cache");
    context.response.content_type = type;
    context.response.body = text;
    return {};
  });
}

}  // namespace

void AddDocumentRoutes(Router& router, std::string version) {
  // Shared by the handler's copies.
  auto document = std::make_shared<Document>(router, std::move(version));
  router.AddRaw(Answering(PublicPage("/api/v1/openapi.json", "getOpenApi", "This document."), "application/json"),
                [document](Context& context) -> Status {
                  document->Write(context);
                  return {};
                });
  AddPage(router, PublicPage("/api/v1/docs", "getDocs", "The API's interactive page."), kDocsHtml,
          "text/html; charset=utf-8");
  AddPage(router, PublicPage("/api/v1/docs/page.js", "getDocsScript", "The script of the API's page."), kDocsScript,
          "text/javascript; charset=utf-8");
  AddPage(router, PublicPage("/api/v1/docs/page.css", "getDocsStyle", "The style of the API's page."), kDocsStyle,
          "text/css; charset=utf-8");
}

}  // namespace migrateiq::http
