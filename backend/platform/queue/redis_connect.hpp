#pragma once

#include "platform/queue/redis.hpp"

namespace migrateiq::redis {

/// AUTH, when the options have a password. Errors: kQueueDown, without the password.
Status Login(redisContext& connection, const Options& options);

}  // namespace migrateiq::redis
