#pragma once

#include <functional>
#include <map>
#include <string>

#include "pipeline/connector/url.hpp"
#include "platform/outbound/reach.hpp"

namespace migrateiq::projects {

enum class ConnectionUse { kSource, kTarget };

/// Makes usable URLs of stored ones, and refuses those that name what a tenant may not reach. Thread-safe.
///
/// Forms: a database's URL (`postgresql:`, `mysql:`, `mariadb:`) with a host, without parameters that name local files
/// or sockets; `csv:`, `jsonl:`, `parquet:`, `sqlite:` followed by `upload:<file_id>` (reading only) or
/// `folder:<relative path>` (below the tenant's folder); `fake:<shape>` and `assert:`.
class Addresses {
 public:
  struct Parts {
    Reach reach;
    std::map<std::string, std::string> local_folders;  ///< by tenant
    /// Path of an uploaded file that a connector can open. Errors: kObjectNotFound.
    std::function<Result<std::string>(const std::string& tenant_id, const std::string& file_id)> uploaded;
  };
  explicit Addresses(Parts parts) : parts_(std::move(parts)) {}

  /// Is the text of a form that a server takes? Looks nothing up. Errors: kConnectionForm, kUrl...; never with a
  /// secret.
  static Result<Url> Parse(const std::string& text);
  /// As Parse, and with every host replaced by the addresses that were checked (TLS goes on verifying the name), every
  /// file by its path. Errors: also kConnectionReach, kConnUnreachable, kObjectStore.
  Result<Url> Resolve(const std::string& tenant_id, const std::string& text, ConnectionUse use) const;

 private:
  Status PinPostgres(Url& url) const;
  Status PinMysql(Url& url) const;
  Status Locate(const std::string& tenant_id, Url& url, ConnectionUse use) const;
  Result<std::string> InFolder(const std::string& tenant_id, const std::string& relative) const;

  Parts parts_;
};

}  // namespace migrateiq::projects
