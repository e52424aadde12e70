#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::serve {

/// One process of the server, in its roles. Made, started, and stopped by Drain.
class ServerApp {
 public:
  /// `settings`: those of LoadServerSettings. Opens store, keys, queue and files, and brings the tables up to date.
  /// Errors: kSettingValue, kStateOpen, kSecretKey, kQueueDown...
  static Result<std::unique_ptr<ServerApp>> Make(const Settings& settings);
  virtual ~ServerApp() = default;

  /// Listens and works from here on. Errors: kServerListen, kServerTls.
  virtual Status Start() = 0;
  /// The OpenAPI document of all routes, whatever the role.
  virtual boost::json::value OpenApi() = 0;
  /// "http://127.0.0.1:8080"; empty without the api role.
  virtual std::string url() const = 0;
  /// The link that makes the first administrator; empty when there is one.
  virtual Result<std::string> SetupLink() = 0;
  /// No new requests and tasks; those at work may finish until the setting server.drain_seconds, chunks are given back.
  virtual void Drain() = 0;
};

}  // namespace migrateiq::serve
