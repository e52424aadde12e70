#include "platform/settings/settings.hpp"
#include "base/errors/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace migrateiq {
namespace {

class SettingsTest : public testing::Test {
 protected:
  std::string File(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) / "settings_test.yaml";
    std::ofstream(path) << text;
    return path;
  }
};

TEST_F(SettingsTest, FlagsBeatTheEnvironmentBeatsTheFile) {
  const auto loaded =
      LoadSettings({.file = File("server:\n  port: 1\n  listen: 127.0.0.2\nlog: {level: debug}\n"),
                    .environment = {{"MIGRATEIQ_SERVER_PORT", "2"}, {"MIGRATEIQ_LOG_LEVEL", "info"}, {"PATH", "/"}},
                    .flags = {{"server.port", "3"}}});
  ASSERT_TRUE(loaded) << loaded.error().ToString();
  EXPECT_EQ(loaded->port, 3);
  EXPECT_EQ(loaded->listen, "127.0.0.2");
  EXPECT_EQ(loaded->log_level, "info");
}

TEST_F(SettingsTest, ListsComeAsYamlListsOrApartByCommas) {
  const auto loaded = LoadSettings({.file = File("gateway:\n  cors_origins: [https://a.example, https://b.example]\n"),
                                    .flags = {{"connections.allow", "10.0.0.0/8, 192.168.0.0/16"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->cors_origins, (StringList{"https://a.example", "https://b.example"}));
  EXPECT_EQ(loaded->connections_allow, (StringList{"10.0.0.0/8", "192.168.0.0/16"}));
}

TEST_F(SettingsTest, AnUnknownNameIsRefusedWithPlaceAndNearest) {
  const auto loaded = LoadSettings({.file = File("server:\n  prot: 1\n")});
  ASSERT_FALSE(loaded);
  EXPECT_TRUE(loaded.error().Is(codes::kSettingUnknown));
  EXPECT_NE(loaded.error().message.find("server.port"), std::string::npos);
  EXPECT_NE(loaded.error().place.find(":2:3"), std::string::npos) << loaded.error().place;
}

TEST_F(SettingsTest, AWrongValueIsRefusedAndASecretIsNotShown) {
  EXPECT_TRUE(LoadSettings({.flags = {{"server.port", "-1"}}}).error().Is(codes::kSettingValue));
  EXPECT_TRUE(LoadSettings({.file = File("server: 5\n")}).error().Is(codes::kSettingValue));
  EXPECT_TRUE(LoadSettings({.file = File("server: {listen: {a: b}}\n")}).error().Is(codes::kSettingValue));
  EXPECT_TRUE(LoadSettings({.file = File("server: [\n")}).error().Is(codes::kSettingValue));
  EXPECT_TRUE(LoadSettings({.file = "/nonexistent.yaml"}).error().Is(codes::kSettingValue));
  Settings settings;
  settings.store_url = "postgresql://u:hidden@h/d";
  for (const std::string& line : DescribeSettings(settings)) EXPECT_EQ(line.find("hidden"), std::string::npos);
}

TEST_F(SettingsTest, EverythingThatIsWrongIsFoundAtOnce) {
  const auto loaded = LoadAllSettings({.file = File("server:\n  prot: 1\n  port: x\n  listen: 127.0.0.2\nlog: 5\n"),
                                       .environment = {{"MIGRATEIQ_WORKER_SLOTS", "many"}},
                                       .flags = {{"log.levle", "info"}}});
  ASSERT_EQ(loaded.faults.size(), 5U);
  EXPECT_TRUE(loaded.faults[0].place.ends_with(":2:3")) << loaded.faults[0].place;
  EXPECT_TRUE(loaded.faults[1].place.ends_with(":3:3")) << loaded.faults[1].place;
  EXPECT_EQ(loaded.faults[3].place, "MIGRATEIQ_WORKER_SLOTS");
  EXPECT_EQ(loaded.faults[4].place, "--log.levle");
  EXPECT_EQ(loaded.settings.listen, "127.0.0.2");
  EXPECT_TRUE(loaded.places.at("server.listen").ends_with(":4:3"));
}

TEST_F(SettingsTest, SeparateRolesNeedACommonStore) {
  Settings settings;
  settings.role = "worker";
  settings.store_url = "sqlite:///var/lib/state.db";
  settings.redis_url = "redis://127.0.0.1";
  ASSERT_EQ(CheckSettings(settings).size(), 1U);
  EXPECT_EQ(CheckSettings(settings).front().place, "server.role");
}

TEST_F(SettingsTest, UnsafeCombinationsAreFound) {
  EXPECT_TRUE(CheckSettings({}).empty());
  Settings open;
  open.listen = "0.0.0.0";
  ASSERT_EQ(CheckSettings(open).size(), 1U);
  EXPECT_EQ(CheckSettings(open)[0].place, "server.listen");
  open.tls_certificate = "a.pem";
  EXPECT_EQ(CheckSettings(open)[0].place, "tls.certificate");
  Settings worker;
  worker.role = "worker";
  EXPECT_EQ(CheckSettings(worker).size(), 2U);
}

TEST_F(SettingsTest, EverySettingHasATextAndAUniqueName) {
  std::vector<std::string> names;
  for (const SettingInfo& info : SettingTable()) {
    EXPECT_TRUE(info.text.ends_with(".")) << info.name;
    names.push_back(info.name);
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace migrateiq
