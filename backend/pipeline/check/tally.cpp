#include "pipeline/check/tally.hpp"

#include <boost/json.hpp>

#include "base/errors/run.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostSamples = 5;
constexpr size_t kSampleBytes = 200;

using CountedMap = std::map<std::pair<std::string, std::string>, Counted>;

void AddAll(CountedMap& to, const CountedMap& from) {
  for (const auto& [key, counted] : from) to[key].Add(counted);
}

boost::json::array ToArray(const CountedMap& map) {
  boost::json::array array;
  for (const auto& [key, counted] : map) {
    boost::json::array samples(counted.samples.begin(), counted.samples.end());
    boost::json::object entry;
    entry["column"] = key.first;
    entry["rule"] = key.second;
    entry["count"] = counted.count;
    entry["samples"] = std::move(samples);
    array.push_back(std::move(entry));
  }
  return array;
}

void FromArray(const boost::json::value& array, CountedMap& map) {
  for (const auto& entry : array.as_array()) {
    Counted counted{.count = entry.at("count").as_int64()};
    for (const auto& sample : entry.at("samples").as_array()) counted.samples.emplace_back(sample.as_string());
    map[{std::string(entry.at("column").as_string()), std::string(entry.at("rule").as_string())}].Add(counted);
  }
}

/// Cut at a character border, so that the sample stays valid UTF-8.
std::string Shortened(const std::string& sample) {
  if (sample.size() <= kSampleBytes) return sample;
  size_t end = kSampleBytes;
  while (end > 0 && (static_cast<unsigned char>(sample[end]) & 0xC0) == 0x80) --end;
  return sample.substr(0, end) + "...";
}

}  // namespace

void Counted::Add(const std::string& sample) {
  ++count;
  if (samples.size() < kMostSamples) samples.push_back(Shortened(sample));
}

void Counted::Add(const Counted& other) {
  count += other.count;
  for (const std::string& sample : other.samples) {
    if (samples.size() < kMostSamples) samples.push_back(sample);
  }
}

void Tally::Add(const Tally& other) {
  rows_read += other.rows_read;
  rows_written += other.rows_written;
  rows_quarantined += other.rows_quarantined;
  rows_filtered += other.rows_filtered;
  bytes += other.bytes;
  AddAll(altered, other.altered);
  AddAll(rejected, other.rejected);
  AddAll(warned, other.warned);
}

std::string TallyDetails(const Tally& tally) {
  if (tally.altered.empty() && tally.rejected.empty() && tally.warned.empty()) return "{}";
  boost::json::object details;
  details["altered"] = ToArray(tally.altered);
  details["rejected"] = ToArray(tally.rejected);
  details["warned"] = ToArray(tally.warned);
  return boost::json::serialize(details);
}

Status AddTallyDetails(std::string_view json, Tally& tally) {
  try {
    const boost::json::value details = boost::json::parse(json);
    if (!details.as_object().contains("altered")) return {};
    FromArray(details.at("altered"), tally.altered);
    FromArray(details.at("rejected"), tally.rejected);
    FromArray(details.at("warned"), tally.warned);
  } catch (const std::exception& error) {
    return Fail(codes::kStateQuery, std::string("a ledger line's details cannot be read: ") + error.what());
  }
  return {};
}

}  // namespace migrateiq
