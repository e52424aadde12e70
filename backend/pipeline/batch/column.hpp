#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "pipeline/batch/type.hpp"

namespace migrateiq {

/// Growable bytes that are not zeroed on growth (std::vector would be). Movable, not copyable.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  uint8_t* data() { return data_.get(); }
  const uint8_t* data() const { return data_.get(); }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  void Clear() { size_ = 0; }
  void Reserve(size_t capacity) {
    if (capacity > capacity_) Grow(capacity);
  }
  void Resize(size_t size) {
    Reserve(size);
    size_ = size;
  }

  /// Makes room for `count` more bytes and returns where they go.
  uint8_t* Extend(size_t count) {
    if (size_ + count > capacity_) Grow(size_ + count);
    uint8_t* place = data_.get() + size_;
    size_ += count;
    return place;
  }
  void Append(const void* bytes, size_t count) {
    if (count != 0) std::memcpy(Extend(count), bytes, count);
  }

 private:
  void Grow(size_t at_least);  ///< doubles; contents kept
  struct Free {
    void operator()(uint8_t* pointer) const;
  };
  std::unique_ptr<uint8_t, Free> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

/// One column of a batch in Arrow layout: validity bitmap (absent while nothing is null), values, offsets.
/// Bool is one byte a value (the Arrow exporter packs it). Append-only; not thread-safe.
class Column {
 public:
  explicit Column(LogicalType type) : type_(std::move(type)), width_(FixedWidth(type_.kind)) {}
  /// A column that was moved from is empty, of the same type, and can be filled again.
  Column(Column&& other) noexcept
      : type_(other.type_),
        width_(other.width_),
        length_(std::exchange(other.length_, 0)),
        null_count_(std::exchange(other.null_count_, 0)),
        validity_(std::move(other.validity_)),
        offsets_(std::move(other.offsets_)),
        values_(std::move(other.values_)) {}
  Column& operator=(Column&& other) noexcept {
    type_ = other.type_;
    width_ = other.width_;
    length_ = std::exchange(other.length_, 0);
    null_count_ = std::exchange(other.null_count_, 0);
    validity_ = std::move(other.validity_);
    offsets_ = std::move(other.offsets_);
    values_ = std::move(other.values_);
    return *this;
  }

  const LogicalType& type() const { return type_; }
  /// Says the same values are of another type with the same layout (e.g. string -> enum, precision of a decimal).
  void Retype(LogicalType type) { type_ = std::move(type); }
  int64_t length() const { return length_; }
  int64_t null_count() const { return null_count_; }
  bool IsNull(int64_t row) const { return null_count_ != 0 && (validity_.data()[row >> 3] >> (row & 7) & 1) == 0; }

  void AppendNull() {
    if (validity_.size() == 0) MaterializeValidity();
    AppendValidityBit(false);
    ++null_count_;
    AppendEmptySlot();
  }
  /// Only for fixed-width kinds; T must have the kind's width.
  template <class T>
  void Append(T value) {
    std::memcpy(values_.Extend(sizeof(T)), &value, sizeof(T));
    Finish();
  }
  /// Only for variable-length kinds.
  void AppendBytes(std::string_view bytes) {
    values_.Append(bytes.data(), bytes.size());
    FinishBytes();
  }
  /// Appends without copying twice: write at most `most` bytes at the returned place, then `CommitBytes(written)`.
  uint8_t* ReserveBytes(size_t most) {
    values_.Reserve(values_.size() + most);
    return values_.data() + values_.size();
  }
  void CommitBytes(size_t written) {
    values_.Resize(values_.size() + written);
    FinishBytes();
  }
  /// Copies row `row` of `other`, which must be of a kind with the same layout.
  void AppendFrom(const Column& other, int64_t row);

  template <class T>
  T Get(int64_t row) const {
    T value;
    std::memcpy(&value, values_.data() + row * static_cast<int64_t>(sizeof(T)), sizeof(T));
    return value;
  }
  std::string_view Bytes(int64_t row) const {
    const int32_t begin = offset(row);
    return {reinterpret_cast<const char*>(values_.data()) + begin, static_cast<size_t>(offset(row + 1) - begin)};
  }

  template <class T>
  void Set(int64_t row, T value) {
    std::memcpy(values_.data() + row * static_cast<int64_t>(sizeof(T)), &value, sizeof(T));
  }
  void SetNull(int64_t row);

  /// Raw Arrow buffers, for exporters and vectorised code. `validity()` is null while nothing is null.
  const uint8_t* values() const { return values_.data(); }
  const int32_t* offsets() const { return reinterpret_cast<const int32_t*>(offsets_.data()); }
  const uint8_t* validity() const { return null_count_ != 0 ? validity_.data() : nullptr; }

  /// Bytes held by the values (not the capacity).
  size_t ByteSize() const { return values_.size() + offsets_.size() + validity_.size(); }
  void Reserve(int64_t rows, int64_t bytes_per_row = 0);
  /// Forgets the rows, keeps the memory.
  void Clear();

 private:
  int32_t offset(int64_t row) const {
    int32_t value;
    std::memcpy(&value, offsets_.data() + row * 4, 4);
    return value;
  }
  void Finish() {
    if (validity_.size() != 0) AppendValidityBit(true);
    ++length_;
  }
  void FinishBytes() {
    PushOffset();
    Finish();
  }
  void PushOffset() {
    if (offsets_.size() == 0) {
      const int32_t zero = 0;
      offsets_.Append(&zero, 4);
    }
    const auto end = static_cast<int32_t>(values_.size());
    std::memcpy(offsets_.Extend(4), &end, 4);
  }
  void AppendEmptySlot() {
    if (width_ == 0)
      PushOffset();
    else
      std::memset(values_.Extend(static_cast<size_t>(width_)), 0, static_cast<size_t>(width_));
    ++length_;
  }
  void AppendValidityBit(bool valid) {
    if ((length_ & 7) == 0 && static_cast<size_t>(length_ >> 3) >= validity_.size()) *validity_.Extend(1) = 0;
    if (valid) validity_.data()[length_ >> 3] |= static_cast<uint8_t>(1U << (length_ & 7));
  }
  void MaterializeValidity();

  LogicalType type_;
  int width_;
  int64_t length_ = 0;
  int64_t null_count_ = 0;
  Buffer validity_;
  Buffer offsets_;
  Buffer values_;
};

}  // namespace migrateiq
