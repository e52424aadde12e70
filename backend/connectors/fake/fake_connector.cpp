#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "connectors/fake/fake_source.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::fake {

namespace {

constexpr int64_t kMostRows = 1'000'000'000'000;
constexpr int64_t kMostColumns = 100'000;

Result<int64_t> Number(const Url& url, std::string_view name, int64_t otherwise, int64_t most) {
  const std::string text = url.Parameter(name);
  if (text.empty()) return otherwise;
  const auto value = text::ParseInt(text);
  if (value && *value >= 0 && *value <= most) return *value;
  return Fail(codes::kUrlParameter,
              std::string(name) + " is a number from 0 to " + std::to_string(most) + ", not '" + text + "'");
}

Result<ShapeOptions> OptionsOf(const Url& url) {
  ShapeOptions options{.name = url.path};
  MIQ_ASSIGN(options.rows, Number(url, "rows", -1, kMostRows));
  MIQ_ASSIGN(options.columns, Number(url, "columns", 0, kMostColumns));
  MIQ_ASSIGN(const int64_t seed, Number(url, "seed", 1, INT64_MAX));
  options.seed = static_cast<uint64_t>(seed);
  const auto specials = text::ParseBool(url.Parameter("specials", "false"));
  if (!specials) return Fail(codes::kUrlParameter, "specials is true or false");
  options.specials = *specials;
  return options;
}

class FakeConnector final : public Connector {
 public:
  const ConnectorInfo& info() const override {
    static const ConnectorInfo info{
        .name = "fake",
        .schemes = {"fake"},
        .summary = "generated tables: lineitem, orders, ugly, wide, legacy, or a schema file",
        .example = "fake:lineitem?rows=3000000&seed=7",
        .options = {{"rows", "rows of the main table (legacy: of all tables together)"},
                    {"seed", "another seed, other values (1)"},
                    {"columns", "columns of `wide` (200)"},
                    {"specials", "NaN and infinities in `ugly` (false)"}},
        .can_write = false,
    };
    return info;
  }

  const Dialect& dialect() const override { return TheDialect(); }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    MIQ_ASSIGN(const ShapeOptions shape_options, OptionsOf(url));
    MIQ_ASSIGN(Shape shape, MakeShape(shape_options));
    return std::make_unique<FakeSource>(std::move(shape), "generated from seed " + std::to_string(shape_options.seed),
                                        options.stop);
  }

  Result<std::unique_ptr<Target>> OpenTarget(const Url&, const OpenOptions&) const override {
    return Fail(codes::kSchemaUnsupported, "generated tables cannot be written");
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override {
    auto source = OpenSource(url, {});
    if (source) return {{DoctorFinding::Level::kOk, "shape", "the tables can be generated", ""}};
    return {{DoctorFinding::Level::kBlocks, "shape", source.error().message, std::string(source.error().FixText())}};
  }
};

const ConnectorRegistrar registrar(std::make_unique<FakeConnector>());

}  // namespace

}  // namespace migrateiq::fake
