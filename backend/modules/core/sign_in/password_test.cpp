#include "modules/core/sign_in/password.hpp"

#include <gtest/gtest.h>

namespace migrateiq::core {
namespace {

bool IsAccepted(const std::string& password) {
  return CheckNewPassword(password, "olga.smith@example.com", "Olga Smith").has_value();
}

TEST(Password, TwelveCharactersAreEnough) {
  EXPECT_FALSE(IsAccepted("kq8-Vnm2Zwx"));
  EXPECT_TRUE(IsAccepted("kq8-Vnm2Zwxr"));
  EXPECT_TRUE(
      IsAccepted("größenwahnß"
                 "7"));
  EXPECT_FALSE(IsAccepted("äöüäöü"));  // bytes are no characters
}

TEST(Password, LongOnesAndSpacesAreFine) {
  EXPECT_TRUE(IsAccepted("nine purple elephants waltz over the frozen lake"));
  EXPECT_TRUE(IsAccepted(std::string(64, 'a') + "qz7 lamp"));
  EXPECT_FALSE(IsAccepted("lamp" + std::string(1100, 'q') + "xyz"));
}

TEST(Password, CompositionIsFree) { EXPECT_TRUE(IsAccepted("teapotcarnivalgravel")); }

TEST(Password, CommonOnesAreRefused) {
  for (const char* password :
       {"password1234", "Password1234!", "P@ssw0rd1234", "passwordpassword", "qwertyuiop12", "1qaz2wsx3edc",
        "adminpassword", "iloveyou1234", "letmein12345", "welcome2026!!", "correcthorsebatterystaple", "Changeme1234",
        "ADMINISTRATOR", "summer2026!!!", "123456789012", "1234567890123", "qwertyuiopasdf", "opensesame123"})
    EXPECT_FALSE(IsAccepted(password)) << password;
}

TEST(Password, RegularOnesAreRefused) {
  for (const char* password :
       {"aaaaaaaaaaaa", "abababababab", "xyzxyzxyzxyz", "abcdefghijkl", "zyxwvutsrqpo", "111122223333"})
    EXPECT_FALSE(IsAccepted(password)) << password;
}

TEST(Password, OnesOwnNameIsRefused) {
  for (const char* password : {"olga.smith123", "OlgaSmith.9-Olga Smith", "x-olga smith-y", "olga.smith@example.com1"})
    EXPECT_FALSE(IsAccepted(password) && std::string(password).size() < 20) << password;
  EXPECT_TRUE(IsAccepted("olga.smith rows over quiet water"));
}

TEST(PasswordHasher, VerifiesAndSalts) {
  const PasswordHasher hasher({64, 1, 1});
  const std::string one = hasher.Hash("secret"), two = hasher.Hash("secret");
  EXPECT_NE(one, two);
  EXPECT_TRUE(hasher.Verify("secret", one));
  EXPECT_FALSE(hasher.Verify("Secret", one));
  EXPECT_FALSE(hasher.Verify("", one));
  EXPECT_FALSE(hasher.Verify("secret", ""));
  EXPECT_FALSE(hasher.Verify("secret", "$argon2id$broken"));
  EXPECT_FALSE(hasher.IsOutdated(one));
  EXPECT_TRUE(PasswordHasher({128, 1, 1}).IsOutdated(one));
}

TEST(PasswordHasher, ItsDefaultsAreAsStated) {
  const PasswordHasher::Cost cost;
  EXPECT_EQ(cost.memory_kib, 19'456u);
  EXPECT_EQ(cost.passes, 2u);
  EXPECT_TRUE(PasswordHasher(cost).Hash("x").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

}  // namespace
}  // namespace migrateiq::core
