#include "modules/orchestrator/state_key.hpp"

#include "base/errors/run.hpp"
#include "platform/secrets/master_key.hpp"

namespace migrateiq {

namespace {

constexpr char kFormat = 1;

std::unexpected<Error> AsStateKey(Error error) {
  error.code = codes::kStateKey;
  return Fail(std::move(error));
}

}  // namespace

Result<StateKey> StateKey::Load(const std::string& folder, bool must_exist) {
  const std::string path = folder + "/key";
  const Status made = must_exist ? Status() : secrets::CreateKeyFile(path);
  if (!made) return AsStateKey(made.error());
  const Result<secrets::MasterKey> loaded = secrets::LoadKeyFile(path);
  if (!loaded) return AsStateKey(loaded.error());
  return StateKey(loaded->key);
}

Result<std::string> StateKey::Seal(std::string_view plain, std::string_view context) const {
  const Result<std::string> sealed = secrets::SealBytes(key_, plain, context);
  if (!sealed) return AsStateKey(sealed.error());
  return kFormat + *sealed;
}

Result<std::string> StateKey::Open(std::string_view sealed, std::string_view context) const {
  if (sealed.empty() || sealed[0] != kFormat) return Fail(codes::kStateKey, "the encrypted value is damaged");
  Result<std::string> plain = secrets::OpenBytes(key_, sealed.substr(1), context);
  if (!plain) return AsStateKey(plain.error());
  return plain;
}

}  // namespace migrateiq
