#include "pipeline/connector/files/claim_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <cerrno>

namespace migrateiq::files {

namespace {

/// Locks of the open file: others in this process are refused as well, and closing another descriptor frees nothing.
/// One byte stands for a name; the file stays empty.
int Lock(const FileDescriptor& file, off_t begin, off_t length) {
  struct flock request {};
  request.l_type = F_WRLCK;
  request.l_whence = SEEK_SET;
  request.l_start = begin;
  request.l_len = length;
  return ::fcntl(file.get(), F_OFD_SETLK, &request) == 0 ? 0 : errno;
}

off_t PlaceOf(std::string_view name) {
  return static_cast<off_t>(XXH3_64bits(name.data(), name.size()) & 0x3fff'ffff'ffff'ffffU);
}

}  // namespace

/// The last holder of an earlier file may have removed it between our opening and our locking.
bool ClaimFile::IsCurrent() const {
  struct stat ours {
  }, there{};
  return ::fstat(file_.get(), &ours) == 0 && ::stat(path_.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

Result<bool> ClaimFile::Claim(std::string_view name) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    if (!file_.IsOpen()) file_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file_.IsOpen()) return true;
    const int refused = Lock(file_, PlaceOf(name), 1);
    if (IsCurrent()) return refused != EAGAIN && refused != EACCES;
    file_.Close();
  }
  return false;
}

ClaimFile::~ClaimFile() {
  const bool last = file_.IsOpen() && Lock(file_, 0, 0) == 0 && IsCurrent();
  std::error_code ignored;
  if (last) std::filesystem::remove(path_, ignored);
}

}  // namespace migrateiq::files
