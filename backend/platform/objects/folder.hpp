#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace migrateiq::objects {

/// An open file, closed with the object.
class File {
 public:
  explicit File(int number) : number_(number) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&&) = delete;
  ~File();

  Status Append(std::string_view bytes) const;
  /// Bytes [from, from + count), fewer at the end.
  Result<std::string> Read(uint64_t from, uint64_t count) const;
  Result<uint64_t> Size() const;
  Status Sync() const;

 private:
  int number_;
};

/// An open folder. Names are single parts without slashes, and symbolic links are never followed, so nothing outside is
/// ever reached, whatever lies in the folder. Errors: kObjectNotFound, kObjectStore.
class Folder {
 public:
  struct Entry {
    std::string name;
    bool folder = false;
  };

  /// By path, as the operator configured it; made when absent (mode 0700).
  static Result<Folder> Open(const std::string& path);
  Folder(Folder&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Folder& operator=(Folder&& other) noexcept;
  ~Folder();

  Result<Folder> Enter(const std::string& name) const;
  Result<Folder> EnterOrMake(const std::string& name) const;
  Result<File> OpenFile(const std::string& name) const;
  /// A new file (mode 0600); fails when the name is taken.
  Result<File> CreateFile(const std::string& name) const;
  /// Replaces what has that name there. Durable.
  Status MoveFile(const std::string& name, const Folder& to, const std::string& new_name) const;
  Status RemoveFile(const std::string& name) const;
  bool RemoveFolder(const std::string& name) const;  ///< false when it is not empty
  Result<std::vector<Entry>> List() const;           ///< regular files and folders only, in no order
  Result<Micros> ModifiedAt(const std::string& name) const;

 private:
  explicit Folder(int number) : number_(number) {}
  int number_;
};

}  // namespace migrateiq::objects
