// How long a column takes: 1,000 values of several sorts, all kinds tried.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "pipeline/semantic/semantic.hpp"

namespace migrateiq {
namespace {

std::string ValueOf(int64_t sort, int i) {
  const auto mixed = static_cast<uint64_t>(i + 1) * 0x9E3779B97F4A7C15U >> 20U;
  switch (sort) {
    case 0: return fmt::format("person{}@example.com", i);
    case 1: return std::to_string(10000000000 + mixed % 90000000000);
    case 2: return fmt::format("Anna Schmidt {}", static_cast<char>('a' + i % 26));
    case 3: return fmt::format("The delivery number {} was late again this week, said the customer", i);
    default: return std::to_string(mixed % 1000);
  }
}

/// Argument: 0 e-mail addresses, 1 numbers of eleven digits, 2 names, 3 sentences, 4 small numbers.
void DetectColumn(benchmark::State& state) {
  std::vector<std::string> values;
  for (int i = 0; i < 1000; ++i) values.push_back(ValueOf(state.range(0), i));
  const std::vector<std::string_view> views(values.begin(), values.end());
  for (auto _ : state)
    benchmark::DoNotOptimize(Detect({.name = "customer_field", .table = "customers", .values = views}));
}
BENCHMARK(DetectColumn)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace migrateiq
