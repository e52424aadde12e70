#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "connectors/assert/assert_target.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::checking {

namespace {

Error WrongNumber(std::string_view name, std::string_view text) {
  return {codes::kUrlParameter,
          std::string(name) + " is a whole number that is not negative, not '" + std::string(text) + "'"};
}

Result<int64_t> Number(const Url& url, std::string_view name, int64_t otherwise) {
  const std::string text = url.Parameter(name);
  if (text.empty()) return otherwise;
  const auto value = text::ParseInt(text);
  if (value && *value >= 0) return *value;
  return Fail(WrongNumber(name, text));
}

/// "5000", or "orders:5000,customers:500".
Status ParseRows(std::string_view text, AssertOptions& options) {
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    const size_t colon = item.rfind(':');
    const auto count = text::ParseInt(colon == std::string_view::npos ? item : item.substr(colon + 1));
    if (!count || *count < 0) return Fail(WrongNumber("rows", item));
    if (colon == std::string_view::npos)
      options.rows = *count;
    else
      options.table_rows[std::string(item.substr(0, colon))] = *count;
    text.remove_prefix(std::min(item.size() + 1, text.size()));
  }
  return {};
}

Result<AssertOptions> OptionsOf(const Url& url) {
  AssertOptions options{.name = url.path};
  MIQ_TRY(ParseRows(url.Parameter("rows"), options));
  MIQ_ASSIGN(options.fail_after, Number(url, "fail_after", -1));
  MIQ_ASSIGN(options.fail_times, Number(url, "fail_times", 1));
  MIQ_ASSIGN(options.refuse_every, Number(url, "refuse_every", 0));
  const auto memory = text::ParseBool(url.Parameter("memory", "false"));
  if (!memory) return Fail(codes::kUrlParameter, "memory is true or false");
  options.memory = *memory;
  const auto fence = text::ParseBool(url.Parameter("fence", "false"));
  if (!fence) return Fail(codes::kUrlParameter, "fence is true or false");
  options.fence = *fence;
  return options;
}

class AssertConnector final : public Connector {
 public:
  const ConnectorInfo& info() const override {
    static const ConnectorInfo info{
        .name = "assert",
        .schemes = {"assert"},
        .summary = "checks what arrives, and discards it",
        .example = "assert:?rows=1000",
        .options = {{"rows", "rows that every table must have got: N, or table:N,table:N"},
                    {"fail_after", "rows after which a write fails as if the connection were lost"},
                    {"fail_times", "how often it does (1)"},
                    {"refuse_every", "refuses rows whose first whole number is a multiple"},
                    {"memory", "keeps the rows in this process, so that they can be read back (false)"},
                    {"fence", "as a target that several workers of a run share (false)"}},
    };
    return info;
  }

  const Dialect& dialect() const override { return TheDialect(); }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions&) const override {
    MIQ_ASSIGN(const AssertOptions options, OptionsOf(url));
    if (options.memory) return std::make_unique<KeptSource>(AssertState::Of(options.name));
    return Fail(Error(codes::kSchemaUnsupported, "assert: discards what it has checked; it cannot be read back")
                    .Fix("Write `verify: none` under `run`, or use assert:?memory=true."));
  }

  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& open) const override {
    MIQ_ASSIGN(AssertOptions options, OptionsOf(url));
    return std::make_unique<AssertTarget>(std::move(options), open.stop);
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override {
    auto options = OptionsOf(url);
    if (options) return {{DoctorFinding::Level::kOk, "parameters", "nothing else is needed", ""}};
    return {
        {DoctorFinding::Level::kBlocks, "parameters", options.error().message, std::string(options.error().FixText())}};
  }
};

const ConnectorRegistrar registrar(std::make_unique<AssertConnector>());

}  // namespace

}  // namespace migrateiq::checking
