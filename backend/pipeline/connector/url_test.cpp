#include "pipeline/connector/url.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace migrateiq {
namespace {

Url Parsed(std::string_view text) {
  const Result<Url> url = ParseUrl(text, Secrets::kResolve);
  EXPECT_TRUE(url.has_value()) << text << ": " << (url ? "" : url.error().ToString());
  return url.value_or(Url{});
}

Error Refused(std::string_view text, Secrets secrets = Secrets::kResolve) {
  const Result<Url> url = ParseUrl(text, secrets);
  EXPECT_FALSE(url.has_value()) << text;
  return url ? Error(codes::kInternal, "accepted") : url.error();
}

TEST(Url, SplitsServerUrls) {
  const Url url = Parsed("PostgreSQL://etl:pw@db.example:5433/crm?schema=public&sslmode=require");
  EXPECT_EQ(url.scheme, "postgresql");
  EXPECT_EQ(url.user, "etl");
  EXPECT_EQ(url.password, "pw");
  EXPECT_EQ(url.host, "db.example");
  EXPECT_EQ(url.port, "5433");
  EXPECT_EQ(url.path, "crm");
  EXPECT_EQ(url.Parameter("schema"), "public");
  EXPECT_EQ(url.Parameter("sslmode"), "require");
  EXPECT_EQ(url.Parameter("absent", "x"), "x");
  EXPECT_EQ(url.redacted, "postgresql://etl:***@db.example:5433/crm?schema=public&sslmode=require");
}

TEST(Url, EveryPartButTheSchemeMayBeAbsent) {
  EXPECT_EQ(Parsed("postgresql:///crm").path, "crm");
  EXPECT_EQ(Parsed("postgresql://").host, "");
  EXPECT_EQ(Parsed("mysql://host").path, "");
  EXPECT_EQ(Parsed("mysql://root@host/").user, "root");
  EXPECT_EQ(Parsed("mysql://root@host/").redacted, "mysql://root@host");
}

TEST(Url, DecodesUserPasswordPathAndParameters) {
  const Url url = Parsed("mysql://a%40b:p%40s%3As%2Fw%25@h/d%62?charset=utf8%6db4");
  EXPECT_EQ(url.user, "a@b");
  EXPECT_EQ(url.password, "p@s:s/w%");
  EXPECT_EQ(url.path, "db");
  EXPECT_EQ(url.Parameter("charset"), "utf8mb4");
  EXPECT_EQ(url.redacted, "mysql://a%40b:***@h/db?charset=utf8mb4");
}

TEST(Url, ToleratesSpecialCharactersInThePasswordWhereNothingIsAmbiguous) {
  EXPECT_EQ(Parsed("mysql://u:p@ss@h/d").password, "p@ss");
  EXPECT_EQ(Parsed("mysql://u:p:w#x@h/d").password, "p:w#x");
  EXPECT_EQ(Parsed("mysql://u:p@ss@h/d").host, "h");
}

TEST(Url, HostsInAllForms) {
  EXPECT_EQ(Parsed("postgresql://[::1]:5433/d").host, "::1");
  EXPECT_EQ(Parsed("postgresql://[::1]:5433/d").port, "5433");
  EXPECT_EQ(Parsed("postgresql://[fe80::2]/d").redacted, "postgresql://[fe80::2]/d");
  EXPECT_EQ(Parsed("postgresql://%2Fvar%2Frun/d").host, "/var/run");
  EXPECT_EQ(Parsed("postgresql://a:1,b:2/d").host, "a,b");
  EXPECT_EQ(Parsed("postgresql://a:1,b:2/d").port, "1,2");
  EXPECT_EQ(Parsed("postgresql://a,b/d").port, "");
}

TEST(Url, FilePathsAndGenerators) {
  EXPECT_EQ(Parsed("sqlite:///var/x.db").path, "/var/x.db");
  EXPECT_EQ(Parsed("sqlite:data/x.db").path, "data/x.db");
  EXPECT_EQ(Parsed("sqlite:data/x.db").redacted, "sqlite:data/x.db");
  EXPECT_EQ(Parsed("csv:in/*.csv?delimiter=;&header=true").path, "in/*.csv");
  EXPECT_EQ(Parsed("csv:in/*.csv?delimiter=;&header=true").Parameter("delimiter"), ";");
  EXPECT_EQ(Parsed("csv:in/part-?.csv").path, "in/part-?.csv");
  EXPECT_EQ(Parsed("csv:in/part-?.csv?encoding=cp1252").Parameter("encoding"), "cp1252");
  EXPECT_EQ(Parsed("csv:100%/a@b").path, "100%/a@b");
  EXPECT_EQ(Parsed("csv:with%20blank").path, "with blank");
  EXPECT_EQ(Parsed("fake:lineitem?rows=3000000&seed=7").path, "lineitem");
  EXPECT_EQ(Parsed("fake:lineitem?rows=3000000&seed=7").Parameter("rows"), "3000000");
  EXPECT_EQ(Parsed("assert:").path, "");
}

TEST(Url, ARedactedPathReadsBack) {
  for (const char* text :
       {"other:%2f/x", "csv:%2f/x", "csv:a%3Fb=c", "csv:in/part-?.csv?encoding=cp1252", "sqlite:///x"}) {
    const Url url = Parsed(text), again = Parsed(url.redacted);
    EXPECT_EQ(again.path, url.path) << url.redacted;
    EXPECT_EQ(again.host, url.host) << url.redacted;
    EXPECT_EQ(again.parameters, url.parameters) << url.redacted;
  }
}

TEST(Url, IllFormedUrlsAreRefused) {
  EXPECT_TRUE(Refused("").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("/tmp/x.csv").Is(codes::kUrlInvalid));
  EXPECT_EQ(Refused("/tmp/x.csv").fix, "Write csv:/tmp/x.csv");
  EXPECT_EQ(Refused("old shop.SQLITE3").fix, "Write sqlite:old shop.SQLITE3");
  EXPECT_TRUE(Refused("://x").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://h:0/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://h:70000/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://[::1/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://::1/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://u:%zz@h/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://u:%00@h/d").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://u@h/d\n").Is(codes::kUrlInvalid));
  EXPECT_TRUE(Refused("mysql://h/d?schema").Is(codes::kUrlParameter));
  EXPECT_TRUE(Refused("mysql://h/d?a=1&a=2").Is(codes::kUrlParameter));
}

TEST(Url, NoErrorShowsAPartOfAPassword) {
  for (const std::string_view text : {"mysql://u:hush/hush@h/d", "mysql://u:hush?hush@h/d", "mysql://u:hush%@h/d",
                                      "mysql://u:1/hush@h/d", "mysql://u:hush@h:hush/d", "mysql://u:x@y?hush@h/d",
                                      "mysql://h/d?hush", "mysql://h/d?password=hush&password=hush"}) {
    EXPECT_EQ(Refused(text).ToString().find("hush"), std::string::npos) << Refused(text).ToString();
  }
}

TEST(Url, SecretParametersAreRedacted) {
  const Url url = Parsed("mysql://u@h/d?ssl-key=/k.pem&password=hush&access_token=hush&charset=x");
  EXPECT_EQ(url.redacted, "mysql://u@h/d?access_token=***&charset=x&password=***&ssl-key=***");
  EXPECT_EQ(url.Parameter("password"), "hush");
}

class UrlReferences : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("MIQ_URL_TEST", "p@s:s/w?d", 1); }
  void TearDown() override { ::unsetenv("MIQ_URL_TEST"); }
};

TEST_F(UrlReferences, ValuesCannotChangeHowTheUrlIsSplit) {
  const Url url = Parsed("mysql://u:${MIQ_URL_TEST}@h/d");
  EXPECT_EQ(url.password, "p@s:s/w?d");
  EXPECT_EQ(url.host, "h");
  EXPECT_EQ(url.redacted, "mysql://u:***@h/d");
}

TEST_F(UrlReferences, AreResolvedInEveryPart) {
  ::setenv("MIQ_URL_TEST", "x1", 1);
  const Url url =
      Parsed("mysql://${MIQ_URL_TEST}:a${MIQ_URL_TEST}b@${MIQ_URL_TEST}:3306/${MIQ_URL_TEST}?charset=${MIQ_URL_TEST}");
  EXPECT_EQ(url.user, "x1");
  EXPECT_EQ(url.password, "ax1b");
  EXPECT_EQ(url.host, "x1");
  EXPECT_EQ(url.path, "x1");
  EXPECT_EQ(url.Parameter("charset"), "x1");
}

TEST_F(UrlReferences, EncodedValuesAreDecodedAndStrayPercentSignsKept) {
  ::setenv("MIQ_URL_TEST", "a%40b 100%", 1);
  EXPECT_EQ(Parsed("mysql://u:${MIQ_URL_TEST}@h/d").password, "a@b 100%");
}

TEST_F(UrlReferences, OneMayHoldTheWholeUrlOrUserAndPassword) {
  ::setenv("MIQ_URL_TEST", "postgresql://u:hush@h/d", 1);
  EXPECT_EQ(Parsed("${MIQ_URL_TEST}").password, "hush");
  EXPECT_EQ(Parsed("${MIQ_URL_TEST}").redacted, "postgresql://u:***@h/d");
  ::setenv("MIQ_URL_TEST", "u:hush", 1);
  EXPECT_EQ(Parsed("postgresql://${MIQ_URL_TEST}@h/d").redacted, "postgresql://u:***@h/d");
}

TEST_F(UrlReferences, FilesLoseTheirTrailingNewline) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "miq_url_test_secret";
  std::ofstream(path) << "hu@sh\n";
  EXPECT_EQ(Parsed("mysql://u:${file:" + path.string() + "}@h/d").password, "hu@sh");
  std::filesystem::remove(path);
}

TEST_F(UrlReferences, UnresolvableOnesNameWhatIsMissing) {
  EXPECT_TRUE(Refused("mysql://u:${MIQ_NOT_SET}@h/d").Is(codes::kUrlSecret));
  EXPECT_NE(Refused("mysql://u:${MIQ_NOT_SET}@h/d").message.find("MIQ_NOT_SET"), std::string::npos);
  EXPECT_TRUE(Refused("mysql://u:${file:/nonexistent/x}@h/d").Is(codes::kUrlSecret));
  EXPECT_TRUE(Refused("mysql://u:${file:/}@h/d").Is(codes::kUrlSecret));
  EXPECT_TRUE(Refused("mysql://u:${MIQ@h/d").Is(codes::kUrlSecret));
  EXPECT_TRUE(Refused("mysql://u:${}@h/d").Is(codes::kUrlSecret));
  EXPECT_TRUE(Refused("mysql://u:${MIQ_URL_TEST}@h/d", Secrets::kRefuse).Is(codes::kUrlSecret));
}

TEST(MaskSecrets, MasksWhatIsLiteralAndKeepsReferences) {
  EXPECT_EQ(MaskSecrets("mysql://u:hush@h/d"), "mysql://u:***@h/d");
  EXPECT_EQ(MaskSecrets("mysql://u:hu/sh@h/d"), "mysql://u:***@h/d");
  EXPECT_EQ(MaskSecrets("mysql://u:${PW}@h/d?password=${X}"), "mysql://u:${PW}@h/d?password=${X}");
  EXPECT_EQ(MaskSecrets("mysql://${file:/run/u}:hush@h/d"), "mysql://${file:/run/u}:***@h/d");
  EXPECT_EQ(MaskSecrets("mysql://h/d?a=1&password=hush&b=2"), "mysql://h/d?a=1&password=***&b=2");
  EXPECT_EQ(MaskSecrets("csv:a@b/c:d"), "csv:a@b/c:d");
  EXPECT_EQ(MaskSecrets("not a url"), "not a url");
}

}  // namespace
}  // namespace migrateiq
