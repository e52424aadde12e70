#include "modules/projects/connections/addresses.hpp"
#include "base/errors/server.hpp"

#include <gtest/gtest.h>

#include "modules/projects/connections/url_text.hpp"

namespace migrateiq::projects {
namespace {

Addresses Make(bool loopback, const std::vector<std::string>& allow = {}) {
  return Addresses(
      {*Reach::Make(allow, loopback), {}, [](const std::string&, const std::string&) -> Result<std::string> {
         return Fail(codes::kObjectNotFound, "no file");
       }});
}

std::string CodeOf(const std::string& url, bool loopback = false) {
  const auto resolved = Make(loopback).Resolve("t", url, ConnectionUse::kSource);
  return resolved ? "" : std::string(resolved.error().code.code);
}

TEST(Addresses, HostsArePinnedToWhatWasChecked) {
  const auto url = Make(true).Resolve("t", "postgresql://u:p@127.0.0.1:5433/d", ConnectionUse::kSource);
  ASSERT_TRUE(url) << url.error().ToString();
  EXPECT_EQ(url->Parameter("hostaddr"), "127.0.0.1");
  EXPECT_EQ(url->port, "5433");
  EXPECT_EQ(url->Parameter("passfile"), "/dev/null/none");
  const auto several = Make(true).Resolve("t", "postgresql://u@127.0.0.1:1,127.0.0.2/d", ConnectionUse::kSource);
  ASSERT_TRUE(several) << several.error().ToString();
  EXPECT_EQ(several->host, "127.0.0.1,127.0.0.2");
  EXPECT_EQ(several->Parameter("hostaddr"), "127.0.0.1,127.0.0.2");
}

TEST(Addresses, LocalAndMetadataAddressesAreRefused) {
  for (const char* host : {"127.0.0.1", "localhost", "[::1]", "169.254.169.254", "2130706433", "0x7f000001", "127.1",
                           "10.1.2.3", "192.168.1.1", "[::ffff:10.0.0.1]", "[fe80::1]", "0.0.0.0"}) {
    for (const char* scheme : {"postgresql", "mysql", "mariadb"})
      EXPECT_EQ(CodeOf(std::string(scheme) + "://u:p@" + host + "/d"), codes::kConnectionReach.code) << host;
  }
  EXPECT_EQ(CodeOf("postgresql://u@169.254.169.254/d", true), codes::kConnectionReach.code) << "never";
  EXPECT_EQ(CodeOf("postgresql://u@127.0.0.1,169.254.169.254/d", true), codes::kConnectionReach.code);
  EXPECT_EQ(CodeOf("mysql://u@localhost/d", true), "");
}

TEST(Addresses, ParametersThatNameFilesSocketsOrOtherHostsAreRefused) {
  for (const char* url :
       {"postgresql://u@h/d?host=/var/run", "postgresql://u@h/d?hostaddr=127.0.0.1", "postgresql://u@h/d?service=x",
        "postgresql://u@h/d?passfile=/etc/x", "postgresql://u@h/d?sslkey=/etc/x", "postgresql://u@h/d?sslrootcert=/x",
        "postgresql://%2Fvar%2Frun/d", "postgresql:///d", "mysql://u@h/d?socket=/run/x", "mysql://u@h/d?ssl-ca=/x",
        "mysql://u@h/d?hostaddr=127.0.0.1", "mysql:///d", "mysql://u@h,i/d", "postgresql://${HOST}/d",
        "postgresql://u:${file:/etc/shadow}@h/d"}) {
    const auto parsed = Addresses::Parse(url);
    EXPECT_FALSE(parsed) << url;
    if (parsed) continue;
    EXPECT_TRUE(parsed.error().Is(codes::kConnectionForm)) << url << parsed.error().ToString();
  }
}

TEST(UrlText, ReadsBackToTheSameParts) {
  for (const char* text :
       {"postgresql://us%40er:p%24%7Bx%7D%2F%3F@h.example:5432/d%20b?schema=a,b&sslmode=require",
        "mysql://u:p@[2001:db8::1]:3307/d?hostaddr=1.2.3.4,5.6.7.8", "postgresql://h1:1,h2:2/d",
        "csv:/srv/a%3Fb/c d.csv?delimiter=%3B", "fake:lineitem?rows=5", "sqlite:/x%24%7BHOME%7D.db"}) {
    const auto url = ParseUrl(text, Secrets::kRefuse);
    ASSERT_TRUE(url) << text;
    const auto again = ParseUrl(UrlText(*url), Secrets::kRefuse);
    ASSERT_TRUE(again) << UrlText(*url) << again.error().ToString();
    EXPECT_EQ(again->user, url->user);
    EXPECT_EQ(again->password, url->password);
    EXPECT_EQ(again->host, url->host);
    EXPECT_EQ(again->port, url->port);
    EXPECT_EQ(again->path, url->path);
    EXPECT_EQ(again->parameters, url->parameters);
  }
}

TEST(UrlText, SecretsAreBlottedOut) {
  const auto url = ParseUrl("postgresql://u:hush-hush@h/d", Secrets::kRefuse);
  EXPECT_EQ(Scrub("login with hush-hush failed: hush-hush", *url), "login with *** failed: ***");
}

}  // namespace
}  // namespace migrateiq::projects
