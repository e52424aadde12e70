#pragma once

#include <set>
#include <string>

#include "pipeline/match/train/trainer.hpp"

/// The training set and settings of the model that is part of the program.
namespace migrateiq::match {

struct ShippedOptions {
  std::string folder;               ///< backend/pipeline/match/train
  int generated = 240;              ///< pairs to make; the shipped model has this many
  std::set<std::string> leave_out;  ///< families
};

Result<std::vector<LabelledPair>> ShippedTrainingSet(const ShippedOptions& options);

/// Identifies what a model is learned from: the texts of its training set and of the lexicon.
Result<std::string> LineageOf(const ShippedOptions& options);

/// The model, with its lineage. Errors: kMatchInput.
Result<Model> TrainShipped(const ShippedOptions& options);

}  // namespace migrateiq::match
