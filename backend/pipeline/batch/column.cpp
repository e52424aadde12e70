#include "pipeline/batch/column.hpp"

#include <cstdlib>
#include <new>

namespace migrateiq {

void Buffer::Free::operator()(uint8_t* pointer) const { std::free(pointer); }

void Buffer::Grow(size_t at_least) {
  size_t wanted = capacity_ * 2;
  if (wanted < at_least) wanted = at_least;
  if (wanted < 64) wanted = 64;
  auto* grown = static_cast<uint8_t*>(std::realloc(data_.get(), wanted));
  if (grown == nullptr) throw std::bad_alloc();
  (void)data_.release();
  data_.reset(grown);
  capacity_ = wanted;
}

void Column::MaterializeValidity() {
  const auto bytes = static_cast<size_t>((length_ >> 3) + 1);
  std::memset(validity_.Extend(bytes), 0, bytes);
  for (int64_t row = 0; row < length_; ++row) validity_.data()[row >> 3] |= static_cast<uint8_t>(1U << (row & 7));
}

void Column::AppendFrom(const Column& other, int64_t row) {
  if (other.IsNull(row)) return AppendNull();
  if (width_ == 0) return AppendBytes(other.Bytes(row));
  values_.Append(other.values_.data() + row * width_, static_cast<size_t>(width_));
  Finish();
}

void Column::SetNull(int64_t row) {
  if (IsNull(row)) return;
  if (validity_.size() == 0) MaterializeValidity();
  validity_.data()[row >> 3] &= static_cast<uint8_t>(~(1U << (row & 7)));
  ++null_count_;
}

void Column::Reserve(int64_t rows, int64_t bytes_per_row) {
  if (width_ != 0) {
    values_.Reserve(static_cast<size_t>(rows * width_));
    return;
  }
  offsets_.Reserve(static_cast<size_t>((rows + 1) * 4));
  values_.Reserve(static_cast<size_t>(rows * bytes_per_row));
}

void Column::Clear() {
  length_ = 0;
  null_count_ = 0;
  validity_.Clear();
  offsets_.Clear();
  values_.Clear();
}

}  // namespace migrateiq
