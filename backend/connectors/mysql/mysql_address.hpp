#pragma once

#include <mysql.h>

#include <string>
#include <vector>

#include "pipeline/connector/url.hpp"

namespace migrateiq::mysql {

/// Does the URL's ssl-mode check the certificate against the host's name?
bool VerifiesName(const Url& url);
/// ssl-mode in lower case with underscores; "preferred" when not given.
std::string SslMode(const Url& url);

/// What to connect to, one after the other. With the parameter `hostaddr` (addresses apart by commas, already looked up
/// and checked by the caller) these; but the name where TLS checks it, since the library checks what it was told to
/// connect to: then CheckPeer tells whether it went to one of the addresses.
std::vector<std::string> HostsToTry(const Url& url);
/// Errors: kConnectionReach, when `hostaddr` is given and the connection went elsewhere.
Status CheckPeer(MYSQL* mysql, const Url& url);

}  // namespace migrateiq::mysql
