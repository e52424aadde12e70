#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "pipeline/connector/connector.hpp"

// Measures the two passes over a line-item table: finding types and row borders, and reading. MIQ_BENCH_ROWS sets the
// size.
namespace migrateiq::file {
namespace {

std::string MakeFile() {
  const char* asked = std::getenv("MIQ_BENCH_ROWS");
  const int rows = asked != nullptr ? std::atoi(asked) : 300'000;
  const std::string path = (std::filesystem::temp_directory_path() / "miq_bench_lineitem.csv").string();
  std::ofstream out(path, std::ios::binary);
  out << "orderkey,partkey,suppkey,linenumber,quantity,extendedprice,discount,tax,returnflag,linestatus,shipdate,"
         "commitdate,receiptdate,shipinstruct,shipmode,comment\n";
  for (int i = 0; i < rows; ++i) {
    out << fmt::format(
        "{},{},{},{},{},{}.{:02},0.0{},0.0{},N,O,199{}-0{}-1{},199{}-1{}-2{},199{}-0{}-0{},DELIVER IN PERSON,TRUCK,"
        "\"carefully final, deposits {}\"\n",
        i / 4, i * 7 % 200000, i * 3 % 10000, i % 7 + 1, i % 50 + 1, i % 90000 + 900, i % 100, i % 10, i % 9, i % 8,
        i % 9 + 1, i % 9, i % 7, i % 3, i % 8, i % 6, i % 9 + 1, i % 9 + 1, i);
  }
  return path;
}

void ReadAll(Source& source, const Table& table, int64_t& rows) {
  const ReadRequest request{.table = &table};
  const std::vector<Split> splits = source.PlanSplits(request, {}).value();
  for (const Split& split : splits) {
    const std::unique_ptr<Reader> reader = std::move(source.OpenReader(request, split, 0).value());
    Batch batch(reader->schema());
    while (reader->Next(batch).value()) rows += batch.rows;
  }
}

void DiscoverAndRead(benchmark::State& state) {
  const std::string path = MakeFile();
  const Url url{.scheme = "csv", .path = path, .redacted = "csv:" + path};
  int64_t rows = 0;
  for (auto _ : state) {
    const std::unique_ptr<Source> source = std::move(OpenSource(url, {}).value());
    const Catalog catalog = source->Discover({}).value();
    if (state.range(0) != 0)
      ReadAll(*source, catalog.tables[0], rows);
    else
      rows += catalog.tables[0].row_estimate;
  }
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(std::filesystem::file_size(path)));
  std::filesystem::remove(path);
}
BENCHMARK(DiscoverAndRead)->ArgName("read")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
}  // namespace migrateiq::file

BENCHMARK_MAIN();
