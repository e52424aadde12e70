#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/errors/api.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::http {

/// Bearer `alice` may read projects, `bob` nothing but in project 7, `admin` has stepped up; others are unknown.
class FakeAuthenticator : public Authenticator {
 public:
  Result<std::optional<Principal>> Authenticate(const Request& request) override {
    const auto header = request.headers.Get("authorization");
    if (!header) return std::nullopt;
    const std::string name(header->substr(std::min<size_t>(7, header->size())));
    if (name != "alice" && name != "bob" && name != "admin")
      return Fail(codes::kApiUnauthenticated, "the token is unknown");
    Principal principal{.user_id = name, .tenant_id = "t1", .name = name};
    if (name != "bob") principal.permissions = {"projects.read", "projects.write"};
    principal.stepped_up = name == "admin";
    return principal;
  }
  Result<bool> HasGrant(const Principal& principal, std::string_view permission,
                        const std::string& project_id) override {
    return principal.user_id == "bob" && permission == "projects.read" && project_id == "7";
  }
};

class FakeIdempotency : public IdempotencyStore {
 public:
  Result<std::optional<Saved>> Begin(const Principal& principal, const std::string& key,
                                     const std::string& fingerprint) override {
    const auto [place, fresh] = saved.try_emplace(principal.tenant_id + key, Saved{.fingerprint = fingerprint});
    return fresh ? std::nullopt : std::optional(place->second);
  }
  Status Finish(const Principal& principal, const std::string& key, const Saved& answer) override {
    saved[principal.tenant_id + key] = answer;
    return {};
  }
  Status Abandon(const Principal& principal, const std::string& key) override {
    saved.erase(principal.tenant_id + key);
    return {};
  }
  std::map<std::string, Saved> saved;
};

class FakeAudit : public AccessAudit {
 public:
  void Denied(const Principal* principal, const Request& request, const Route*, const Error& error) override {
    denied.push_back((principal != nullptr ? principal->name : "?") + " " + request.path + " " +
                     std::string(error.code.code));
  }
  std::vector<std::string> denied;
};

}  // namespace migrateiq::http
