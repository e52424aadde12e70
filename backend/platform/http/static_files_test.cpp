#include "platform/http/static_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace migrateiq::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/miq-static-XXXXXX";
    folder_ = mkdtemp(pattern);
    Write("outside.txt", "outside");
    Write("web/index.html", "<script nonce=\"__CSP_NONCE__\"></script><style nonce=\"__CSP_NONCE__\">");
    Write("web/assets/index-Ab3dE9x_.js", std::string(5000, 'x'));
    Write("web/assets/logo.png", std::string(5000, 'x'));
    Write("web/packed.css", "plain");
    Write("web/packed.css.br", "brotli");
    Write("web/packed.css.gz", "gzip");
    Write("web/sw.js", "worker");
    Write("web/manifest.webmanifest", "{}");
    Write("web/.env", "secret");
    Write("web/.git/config", "secret");
    fs::create_symlink(folder_ / "outside.txt", folder_ / "web/link.txt");
    auto files = StaticFiles::Load((folder_ / "web").string());
    ASSERT_TRUE(files) << files.error().ToString();
    files_ = std::move(*files);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void Write(const fs::path& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  std::optional<Response> Get(const std::string& path, const std::string& codings = "",
                              const std::string& accept = "") {
    Request request{.path = path};
    if (!codings.empty()) request.headers.Add("Accept-Encoding", codings);
    if (!accept.empty()) request.headers.Add("Accept", accept);
    return files_->Find(request);
  }

  fs::path folder_;
  std::optional<StaticFiles> files_;
};

TEST_F(StaticFilesTest, Files) {
  const auto script = Get("/assets/index-Ab3dE9x_.js");
  EXPECT_EQ(script->body.size(), 5000U);
  EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(script->headers.Get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_TRUE(script->headers.Get("ETag"));
  EXPECT_EQ(Get("/packed.css")->headers.Get("Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, TheWorkerAsksThisServerOnly) {
  const auto worker = Get("/sw.js");
  EXPECT_EQ(worker->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(worker->headers.Get("Cache-Control"), "no-cache");
  const std::string policy(*worker->headers.Get("Content-Security-Policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("connect-src 'self'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

TEST_F(StaticFilesTest, TheManifestIsOne) {
  EXPECT_EQ(Get("/manifest.webmanifest")->content_type, "application/manifest+json");
  EXPECT_THAT(std::string(*Get("/")->headers.Get("Content-Security-Policy")), HasSubstr("manifest-src 'self'"));
}

TEST_F(StaticFilesTest, Codings) {
  EXPECT_EQ(Get("/packed.css", "gzip, br")->body, "brotli");
  EXPECT_EQ(Get("/packed.css", "gzip")->body, "gzip");
  EXPECT_EQ(Get("/packed.css", "zstd")->body, "plain");
  EXPECT_EQ(Get("/packed.css", "gzip")->headers.Get("Vary"), "Accept-Encoding");
  EXPECT_LT(Get("/assets/index-Ab3dE9x_.js", "gzip")->body.size(), 100U);
  EXPECT_EQ(Get("/assets/logo.png", "gzip")->body.size(), 5000U);
  EXPECT_EQ(Get("/packed.css.gz", "", "application/json"), std::nullopt);
}

TEST_F(StaticFilesTest, ThePageAndItsNonce) {
  const auto one = Get("/");
  const auto two = Get("/projects/7/runs");
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->body, two->body);
  EXPECT_THAT(one->body, Not(HasSubstr("__CSP_NONCE__")));
  const std::string nonce = one->body.substr(15, one->body.find('"', 15) - 15);
  const std::string policy(*one->headers.Get("Content-Security-Policy"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self' 'nonce-" + nonce + "'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_EQ(one->headers.Get("Cache-Control"), "no-store");
}

std::string Packed(const std::string& name, const std::string& content) {
  const auto length = [](size_t value) {
    return std::string{static_cast<char>(value & 0xff), static_cast<char>(value >> 8 & 0xff), 0, 0};
  };
  return length(name.size()) + length(content.size()) + name + content;
}

TEST(PackedFiles, AreServedLikeAFolder) {
  const std::string page(300, 'p');
  const auto files =
      StaticFiles::FromPack("MIQWEB1\n" + Packed("index.html", page) + Packed("assets/index-Ab3dE9x_.js", "plain") +
                            Packed("assets/index-Ab3dE9x_.js.br", "brotli"));
  ASSERT_TRUE(files) << files.error().ToString();
  EXPECT_EQ(files->Find({.path = "/projects"})->body, page);
  Request request{.path = "/assets/index-Ab3dE9x_.js"};
  EXPECT_EQ(files->Find(request)->body, "plain");
  request.headers.Add("Accept-Encoding", "br");
  EXPECT_EQ(files->Find(request)->body, "brotli");
}

TEST(PackedFiles, WhatIsNoPackIsRefused) {
  const std::string whole = "MIQWEB1\n" + Packed("index.html", "page");
  for (const std::string& pack :
       {std::string(), std::string("MIQWEB1\n"), "MIQWEB2\n" + whole.substr(8), whole.substr(0, whole.size() - 1),
        whole + "x", "MIQWEB1\n" + Packed("other.html", "page")}) {
    EXPECT_FALSE(StaticFiles::FromPack(pack)) << pack;
  }
}

TEST_F(StaticFilesTest, WhatIsNotThere) {
  for (const char* path : {"/link.txt", "/.env", "/.git/config", "/assets/none.js", "/api/v1/nothing",
                           "/../outside.txt", "/outside.txt", "//etc/passwd.x"}) {
    EXPECT_EQ(Get(path), std::nullopt) << path;
  }
  EXPECT_EQ(Get("/projects", "", "application/json"), std::nullopt);
  EXPECT_EQ(files_->Find({.method = Method::kPost, .path = "/"}), std::nullopt);
  EXPECT_FALSE(StaticFiles::Load((folder_ / "nowhere").string()));
  EXPECT_FALSE(StaticFiles::Load((folder_ / "web/assets").string()));
}

}  // namespace
}  // namespace migrateiq::http
