#pragma once

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/random.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::store {

/// A store of its own for one test: a SQLite file in a folder of its own, or a schema of the test server whose role is
/// bound by row-level security. Gone with the object.
class TestStore {
 public:
  explicit TestStore(Engine engine, int connections = 4) : engine_(engine), name_("miq_" + Name()) {
    if (engine == Engine::kSqlite) std::filesystem::create_directories(folder());
    if (engine == Engine::kPostgres) MakeSchema();
    store_ = OpenAnother(connections);
  }
  ~TestStore() {
    store_.reset();
    std::filesystem::remove_all(folder());
    if (engine_ != Engine::kPostgres) return;
    Administer("DROP OWNED BY " + name_ + " CASCADE; DROP ROLE " + name_);
  }
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;

  static bool Available(Engine engine) { return engine == Engine::kSqlite || std::getenv("MIQ_TEST_POSTGRES"); }

  Store& operator*() const { return *store_; }
  Store* operator->() const { return store_.get(); }

  /// Another store over the same data, as another process would have it.
  std::unique_ptr<Store> OpenAnother(int connections = 4) const {
    auto store = Store::Open(url(), connections);
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().ToString());
    return store ? std::move(*store) : nullptr;
  }

  std::string url() const {
    if (engine_ == Engine::kSqlite) return "sqlite://" + (folder() / "state.db").string();
    const std::string admin = AdminUrl();
    return "postgresql://" + name_ + ":test" + admin.substr(admin.find('@'));
  }
  std::filesystem::path folder() const { return std::filesystem::temp_directory_path() / name_; }
  const std::string& name() const { return name_; }

  /// As the test server's superuser, for whom row-level security does not hold.
  static void Administer(const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(AdminUrl().c_str()), PQfinish);
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()), PQclear);
    EXPECT_NE(PQresultStatus(result.get()), PGRES_FATAL_ERROR) << sql << ": " << PQerrorMessage(connection.get());
  }

 private:
  static std::string AdminUrl() {
    const char* url = std::getenv("MIQ_TEST_POSTGRES");
    return url == nullptr ? "" : url;
  }
  static std::string Name() {
    std::string id = NewId();
    std::erase(id, '-');
    return id;
  }
  /// Named as the role, so that it comes first on its search path. Much faster than a database.
  void MakeSchema() const {
    Administer("CREATE ROLE " + name_ + " LOGIN NOSUPERUSER PASSWORD 'test'; CREATE SCHEMA AUTHORIZATION " + name_);
  }

  Engine engine_;
  std::string name_;
  std::unique_ptr<Store> store_;
};

/// Cases that hold for both engines. Write them with TEST_P in a header, and instantiate them in `_test.cpp` for
/// Engine::kSqlite and in `_dbtest.cpp` for Engine::kPostgres.
class StoreCase : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!TestStore::Available(GetParam())) GTEST_SKIP() << "MIQ_TEST_POSTGRES is not set";
    store_ = std::make_unique<TestStore>(GetParam());
  }
  Store& store() { return **store_; }
  bool IsPostgres() const { return GetParam() == Engine::kPostgres; }

  std::unique_ptr<TestStore> store_;
};

}  // namespace migrateiq::store
