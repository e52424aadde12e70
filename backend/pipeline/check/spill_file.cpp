#include "pipeline/check/spill_file.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/errors/connect.hpp"

namespace migrateiq {

namespace {

std::unexpected<Error> Failed(const char* what) {
  const ErrorCode& code = errno == ENOSPC ? codes::kConnDiskFull : codes::kConnOpenFile;
  return Fail(Error(code, std::string(what) + " in the folder for temporary files: " + std::strerror(errno))
                  .Fix("Set TMPDIR to a folder with more room."));
}

}  // namespace

Result<std::unique_ptr<SpillFile>> SpillFile::Make() {
  std::error_code ignored;
  std::string path = (std::filesystem::temp_directory_path(ignored) / "migrateiq-XXXXXX").string();
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) return Failed("cannot make a file");
  ::unlink(path.c_str());
  return std::unique_ptr<SpillFile>(new SpillFile(descriptor));
}

SpillFile::~SpillFile() { ::close(descriptor_); }

Result<int64_t> SpillFile::Append(std::string_view bytes) {
  const int64_t begin = end_.fetch_add(static_cast<int64_t>(bytes.size()));
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done,
                                     static_cast<off_t>(begin) + static_cast<off_t>(done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Failed("cannot write");
    done += static_cast<size_t>(written);
  }
  return begin;
}

Status SpillFile::Read(int64_t offset, void* out, size_t size) const {
  for (size_t done = 0; done < size;) {
    const ssize_t read = ::pread(descriptor_, static_cast<char*>(out) + done, size - done,
                                 static_cast<off_t>(offset) + static_cast<off_t>(done));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) return Failed("cannot read");
    done += static_cast<size_t>(read);
  }
  return {};
}

}  // namespace migrateiq
