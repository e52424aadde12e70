#include "modules/orchestrator/outline_shelf.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::chrono::seconds kLife{60};
constexpr size_t kMost = 50;

}  // namespace

Result<OutlineShelf::Outline> OutlineShelf::Get(const std::string& key,
                                                const std::function<Result<PlanOutline>()>& make) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(kept_, [](const auto& one) { return one.second.until < std::chrono::steady_clock::now(); });
    if (const auto found = kept_.find(key); found != kept_.end()) return found->second.outline;
  }
  MIQ_ASSIGN(PlanOutline made, make());
  auto outline = std::make_shared<const PlanOutline>(std::move(made));
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= kMost) kept_.clear();
  kept_[key] = {outline, std::chrono::steady_clock::now() + kLife};
  return outline;
}

void OutlineShelf::Forget(const std::string& key) {
  const std::lock_guard lock(mutex_);
  kept_.erase(key);
}

}  // namespace migrateiq::orchestrator
