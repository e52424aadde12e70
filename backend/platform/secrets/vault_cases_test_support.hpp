#pragma once

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "base/errors/server.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store_test_support.hpp"

namespace migrateiq::secrets {

class VaultCases : public store::StoreCase {
 protected:
  void SetUp() override {
    StoreCase::SetUp();
    if (IsSkipped()) return;
    std::filesystem::create_directories(store_->folder());
    vault_ = OpenWith("file:" + Path("master"));
  }
  std::unique_ptr<Vault> OpenWith(const std::string& master, bool may_create = true) {
    auto vault = OpenVault(store(), master, may_create);
    EXPECT_TRUE(vault.has_value()) << (vault ? "" : vault.error().ToString());
    return vault ? std::move(*vault) : nullptr;
  }
  std::string Path(const std::string& name) const { return (store_->folder() / name).string(); }
  std::string Seal(const std::string& tenant, const std::string& plain, const std::string& context = "c") {
    const auto sealed = vault_->Seal(tenant, plain, context);
    EXPECT_TRUE(sealed.has_value()) << (sealed ? "" : sealed.error().ToString());
    return sealed.value_or("");
  }
  static void ExpectShut(const Result<std::string>& opened) {
    ASSERT_FALSE(opened.has_value());
    EXPECT_TRUE(opened.error().Is(codes::kSecretOpen)) << opened.error().ToString();
  }

  std::unique_ptr<Vault> vault_;
};

TEST_P(VaultCases, WhatIsSealedOpensAgain) {
  for (const std::string& plain : {std::string("hush"), std::string(), std::string(100'000, '\0')}) {
    const std::string sealed = Seal("t", plain);
    EXPECT_EQ(*vault_->Open("t", sealed, "c"), plain);
    EXPECT_NE(sealed, Seal("t", plain)) << "a fresh nonce each time";
    EXPECT_EQ(*OpenWith("file:" + Path("master"))->Open("t", sealed, "c"), plain) << "in another process";
  }
  EXPECT_EQ(Seal("t", "hushhush").find("hushhush"), std::string::npos);
}

TEST_P(VaultCases, MovedOrDamagedValuesStayShut) {
  const std::string sealed = Seal("t", "hush", "connection:1");
  Seal("other", "x");
  ExpectShut(vault_->Open("t", sealed, "connection:2"));
  ExpectShut(vault_->Open("other", sealed, "connection:1"));
  ExpectShut(vault_->Open("new tenant", sealed, "connection:1"));
  ExpectShut(vault_->Open("t", "", "connection:1"));
  for (size_t place = 0; place < sealed.size(); ++place) {
    std::string damaged = sealed;
    damaged[place] ^= 1;
    ExpectShut(vault_->Open("t", damaged, "connection:1"));
    ExpectShut(vault_->Open("t", sealed.substr(0, place), "connection:1"));
  }
}

TEST_P(VaultCases, TenantAndContextAreKeptApart) {
  const std::string sealed = Seal("t", "hush", "1c");
  ExpectShut(vault_->Open("t1", sealed, "c"));
}

TEST_P(VaultCases, AKeyMovedToAnotherTenantOpensNothing) {
  const std::string sealed = Seal("victim", "hush");
  ASSERT_TRUE(store()
                  .Write(store::Scope::System(),
                         [](store::Session& session) -> Status {
                           MIQ_TRY(session.Execute("UPDATE secret_key SET tenant_id = 'thief'"));
                           return {};
                         })
                  .has_value());
  ExpectShut(OpenWith("file:" + Path("master"))->Open("thief", sealed, "c"));
}

TEST_P(VaultCases, TenantKeysAreRotatedWhileOldValuesOpen) {
  const std::string before = Seal("t", "hush");
  ASSERT_TRUE(vault_->RotateTenantKey("t").has_value());
  const std::string after = Seal("t", "hush");
  EXPECT_NE(before.substr(1, 16), after.substr(1, 16)) << "another key id";
  const auto another = OpenWith("file:" + Path("master"));
  for (Vault* vault : {vault_.get(), another.get()})
    for (const std::string& sealed : {before, after}) EXPECT_EQ(*vault->Open("t", sealed, "c"), "hush");
}

TEST_P(VaultCases, TheMasterKeyIsRotatedWhileAnotherProcessWorks) {
  const std::string sealed = Seal("t", "hush"), unopened = Seal("u", "hush");
  const auto with_both = OpenWith("file:" + Path("master") + ",file:" + Path("next"));
  const auto with_old = OpenWith("file:" + Path("master"));
  EXPECT_EQ(*with_old->Open("t", sealed, "c"), "hush");

  ASSERT_TRUE(vault_->RotateMaster(Path("next")).has_value());
  EXPECT_EQ(*vault_->Open("t", sealed, "c"), "hush");
  EXPECT_EQ(*with_both->Open("u", unopened, "c"), "hush");
  EXPECT_EQ(*with_old->Open("t", sealed, "c"), "hush") << "what it has opened";
  ExpectShut(with_old->Open("u", unopened, "c"));
  EXPECT_FALSE(OpenVault(store(), "file:" + Path("master"), true).has_value()) << "the old key alone";

  std::filesystem::rename(Path("next"), Path("master"));
  EXPECT_EQ(*with_old->Open("u", unopened, "c"), "hush") << "the file was replaced";
  EXPECT_EQ(*with_both->Open("v", *with_old->Seal("v", "hush", "c"), "c"), "hush");
  EXPECT_EQ(*OpenWith("file:" + Path("master"))->Open("t", sealed, "c"), "hush");
}

TEST_P(VaultCases, AnotherMasterKeyIsRefused) {
  Seal("t", "hush");
  const auto other = OpenVault(store(), "file:" + Path("other"), true);
  ASSERT_FALSE(other.has_value());
  EXPECT_TRUE(other.error().Is(codes::kSecretKey));
  EXPECT_FALSE(std::filesystem::exists(Path("other"))) << "none is made for a store that has one";
}

TEST_P(VaultCases, TheKeyFileIsPrivateAndChecked) {
  struct stat status {};
  ASSERT_EQ(::stat(Path("master").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(status.st_size, 32);
  const auto open = [&] { return OpenVault(store(), "file:" + Path("master"), true); };
  ::chmod(Path("master").c_str(), 0640);
  EXPECT_TRUE(open().error().Is(codes::kSecretKey)) << "readable by others";
  ::chmod(Path("master").c_str(), 0600);
  EXPECT_TRUE(open().has_value());
  std::ofstream(Path("master"), std::ios::app) << "more";
  EXPECT_TRUE(open().error().Is(codes::kSecretKey)) << "not 32 bytes";
}

TEST_P(VaultCases, TheMasterKeyMayComeFromTheEnvironment) {
  const store::TestStore fresh(GetParam());
  ::setenv("MIQ_TEST_MASTER", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", 1);
  const auto vault = OpenVault(*fresh, "env:MIQ_TEST_MASTER", true);
  ASSERT_TRUE(vault.has_value()) << vault.error().ToString();
  EXPECT_EQ(*(*vault)->Open("t", *(*vault)->Seal("t", "hush", "c"), "c"), "hush");
  ::setenv("MIQ_TEST_MASTER", "AAEC", 1);
  EXPECT_TRUE(OpenVault(*fresh, "env:MIQ_TEST_MASTER", true).error().Is(codes::kSecretKey));
  ::unsetenv("MIQ_TEST_MASTER");
  EXPECT_TRUE(OpenVault(*fresh, "env:MIQ_TEST_MASTER", true).error().Is(codes::kSecretKey));
  EXPECT_TRUE(OpenVault(*fresh, "password", true).error().Is(codes::kSecretKey));
}

TEST_P(VaultCases, ManyThreadsMakeOneFirstKey) {
  std::vector<std::string> sealed(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& mine : sealed)
      threads.emplace_back([&] { mine = OpenWith("file:" + Path("master"))->Seal("t", "hush", "c").value_or(""); });
  }
  for (const std::string& one : sealed) EXPECT_EQ(vault_->Open("t", one, "c").value_or(""), "hush");
}

}  // namespace migrateiq::secrets
