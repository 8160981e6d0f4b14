import type { NamesByModule } from './names-by-module.js';

const CYTHON_LOSSES =
  'CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError ' +
  'CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyPinballLoss';
const CYTHON_LOSS_MAKERS = CYTHON_LOSSES.replaceAll('Cy', '__pyx_unpickle_Cy');

const DISTANCES =
  'ChebyshevDistance ChebyshevDistance32 ChebyshevDistance64 EuclideanDistance EuclideanDistance32 EuclideanDistance64 ' +
  'ManhattanDistance ManhattanDistance32 ManhattanDistance64 MinkowskiDistance MinkowskiDistance32 MinkowskiDistance64 newObj';

/** What fitted estimators of scikit-learn hold inside: trees, losses, links, optimizers, search results. */
export const SKLEARN_PART_RECORDS: NamesByModule = [
  ['sklearn.tree._tree', 'Tree'],
  ['sklearn.ensemble._hist_gradient_boosting.predictor', 'TreePredictor'],
  ['sklearn.ensemble._hist_gradient_boosting.binning', '_BinMapper'],
  ['sklearn.calibration', '_CalibratedClassifier _SigmoidCalibration _TemperatureScaling'],
  ['sklearn.compose._column_transformer', '_RemainderColsList make_column_selector'],
  ['sklearn.multiclass', '_ConstantPredictor'],
  ['sklearn.utils', 'Bunch'],
  ['sklearn.utils._bunch', 'Bunch'],

  // 1.4 and 1.5 pickle the Cython losses as if from a module called `_loss`.
  ['_loss', CYTHON_LOSSES],
  ['_loss', CYTHON_LOSS_MAKERS],
  ['sklearn._loss._loss', CYTHON_LOSSES],
  ['sklearn._loss._loss', CYTHON_LOSS_MAKERS],
  ['sklearn._loss.link', 'HalfLogitLink IdentityLink Interval LogLink LogitLink MultinomialLogit'],
  [
    'sklearn._loss.loss',
    'AbsoluteError ExponentialLoss HalfBinomialLoss HalfGammaLoss HalfMultinomialLoss HalfPoissonLoss HalfSquaredError ' +
      'HalfTweedieLoss HalfTweedieLossIdentity HuberLoss PinballLoss',
  ],
  // The losses before those: gradient boosting until 1.3, hist gradient boosting and the GLMs of 0.24 and 1.0.
  [
    'sklearn.ensemble._gb_losses',
    'BinomialDeviance ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError MultinomialDeviance ' +
      'QuantileLossFunction',
  ],
  [
    'sklearn.ensemble._hist_gradient_boosting.loss',
    'BinaryCrossEntropy CategoricalCrossEntropy LeastAbsoluteDeviation LeastSquares Poisson',
  ],
  [
    'sklearn._loss.glm_distribution',
    'DistributionBoundary GammaDistribution InverseGaussianDistribution NormalDistribution PoissonDistribution ' +
      'TweedieDistribution',
  ],
  ['sklearn.linear_model._glm.link', 'IdentityLink LogLink LogitLink'],
  [
    'sklearn.linear_model._sgd_fast',
    'EpsilonInsensitive Hinge Huber Log ModifiedHuber SquaredEpsilonInsensitive SquaredHinge SquaredLoss',
  ],
  ['sklearn.neural_network._stochastic_optimizers', 'AdamOptimizer SGDOptimizer'],

  // 1.0 moved the distances from neighbors to metrics.
  ['sklearn.metrics._dist_metrics', DISTANCES],
  ['sklearn.neighbors._dist_metrics', DISTANCES],
  ['sklearn.neighbors._kd_tree', 'KDTree KDTree32 KDTree64 newObj'],
  ['sklearn.neighbors._ball_tree', 'BallTree BallTree32 BallTree64 newObj'],

  ['sklearn.metrics._scorer', '_PassthroughScorer _PredictScorer _ProbaScorer _Scorer _ThresholdScorer'],
  [
    'sklearn.model_selection._split',
    'GroupKFold KFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold ' +
      'StratifiedShuffleSplit TimeSeriesSplit',
  ],
  ['sklearn.utils._metadata_requests', 'MetadataRequest MethodMetadataRequest'],
];

/** Functions of scikit-learn that estimators keep as a setting. */
export const SKLEARN_TOKENS: NamesByModule = [
  ['sklearn.feature_selection._univariate_selection', 'chi2 f_classif f_oneway f_regression r_regression'],
  ['sklearn.feature_selection._mutual_info', 'mutual_info_classif mutual_info_regression'],
  [
    'sklearn.metrics._classification',
    'accuracy_score balanced_accuracy_score f1_score log_loss precision_score recall_score',
  ],
  ['sklearn.metrics._ranking', 'average_precision_score roc_auc_score'],
  ['sklearn.metrics._regression', 'max_error mean_absolute_error mean_squared_error median_absolute_error r2_score'],
  ['sklearn.metrics._scorer', '_passthrough_scorer'],
  ['sklearn.model_selection._search_successive_halving', '_refit_callable _top_k'],
  ['sklearn.utils.validation', 'check_array'],
];
