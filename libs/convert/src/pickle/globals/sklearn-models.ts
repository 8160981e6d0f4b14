import type { NamesByModule } from './names-by-module.js';

/** Estimators and transformers of scikit-learn 0.24 to 1.9; the ones that no converter knows are refused by it, by name. */
export const SKLEARN_MODEL_RECORDS: NamesByModule = [
  ['sklearn.calibration', 'CalibratedClassifierCV'],
  ['sklearn.cluster._kmeans', 'BisectingKMeans KMeans MiniBatchKMeans'],
  ['sklearn.cluster._bisect_k_means', 'BisectingKMeans'],
  ['sklearn.compose._column_transformer', 'ColumnTransformer'],
  ['sklearn.compose._target', 'TransformedTargetRegressor'],
  ['sklearn.cross_decomposition._pls', 'CCA PLSCanonical PLSRegression'],
  ['sklearn.decomposition._pca', 'PCA'],
  ['sklearn.decomposition._incremental_pca', 'IncrementalPCA'],
  ['sklearn.decomposition._truncated_svd', 'TruncatedSVD'],
  ['sklearn.discriminant_analysis', 'LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis'],
  ['sklearn.dummy', 'DummyClassifier DummyRegressor'],

  ['sklearn.ensemble._bagging', 'BaggingClassifier BaggingRegressor'],
  [
    'sklearn.ensemble._forest',
    'ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier RandomForestRegressor RandomTreesEmbedding',
  ],
  ['sklearn.ensemble._gb', 'GradientBoostingClassifier GradientBoostingRegressor'],
  [
    'sklearn.ensemble._hist_gradient_boosting.gradient_boosting',
    'HistGradientBoostingClassifier HistGradientBoostingRegressor',
  ],
  ['sklearn.ensemble._iforest', 'IsolationForest'],
  ['sklearn.ensemble._stacking', 'StackingClassifier StackingRegressor'],
  ['sklearn.ensemble._voting', 'VotingClassifier VotingRegressor'],
  ['sklearn.ensemble._weight_boosting', 'AdaBoostClassifier AdaBoostRegressor'],

  ['sklearn.feature_selection._from_model', 'SelectFromModel'],
  ['sklearn.feature_selection._rfe', 'RFE RFECV'],
  ['sklearn.feature_selection._sequential', 'SequentialFeatureSelector'],
  [
    'sklearn.feature_selection._univariate_selection',
    'GenericUnivariateSelect SelectFdr SelectFpr SelectFwe SelectKBest SelectPercentile',
  ],
  ['sklearn.feature_selection._variance_threshold', 'VarianceThreshold'],
  // Holds a fitted estimator where CalibratedClassifierCV had cv='prefit'.
  ['sklearn.frozen._frozen', 'FrozenEstimator'],
  ['sklearn.impute._base', 'MissingIndicator SimpleImputer'],
  ['sklearn.isotonic', 'IsotonicRegression'],

  ['sklearn.linear_model._base', 'LinearRegression'],
  ['sklearn.linear_model._bayes', 'ARDRegression BayesianRidge'],
  [
    'sklearn.linear_model._coordinate_descent',
    'ElasticNet ElasticNetCV Lasso LassoCV MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV',
  ],
  ['sklearn.linear_model._glm.glm', 'GammaRegressor GeneralizedLinearRegressor PoissonRegressor TweedieRegressor'],
  ['sklearn.linear_model._huber', 'HuberRegressor'],
  ['sklearn.linear_model._least_angle', 'Lars LarsCV LassoLars LassoLarsCV LassoLarsIC'],
  ['sklearn.linear_model._logistic', 'LogisticRegression LogisticRegressionCV'],
  ['sklearn.linear_model._omp', 'OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV'],
  ['sklearn.linear_model._passive_aggressive', 'PassiveAggressiveClassifier PassiveAggressiveRegressor'],
  ['sklearn.linear_model._perceptron', 'Perceptron'],
  ['sklearn.linear_model._quantile', 'QuantileRegressor'],
  ['sklearn.linear_model._ransac', 'RANSACRegressor'],
  ['sklearn.linear_model._ridge', 'Ridge RidgeCV RidgeClassifier RidgeClassifierCV'],
  ['sklearn.linear_model._stochastic_gradient', 'SGDClassifier SGDOneClassSVM SGDRegressor'],
  ['sklearn.linear_model._theil_sen', 'TheilSenRegressor'],

  ['sklearn.model_selection._classification_threshold', 'FixedThresholdClassifier TunedThresholdClassifierCV'],
  ['sklearn.model_selection._search', 'GridSearchCV RandomizedSearchCV'],
  ['sklearn.model_selection._search_successive_halving', 'HalvingGridSearchCV HalvingRandomSearchCV'],
  ['sklearn.multiclass', 'OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier'],
  ['sklearn.multioutput', 'ClassifierChain MultiOutputClassifier MultiOutputRegressor RegressorChain'],
  ['sklearn.naive_bayes', 'BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB'],
  ['sklearn.neighbors._classification', 'KNeighborsClassifier RadiusNeighborsClassifier'],
  ['sklearn.neighbors._nearest_centroid', 'NearestCentroid'],
  ['sklearn.neighbors._regression', 'KNeighborsRegressor RadiusNeighborsRegressor'],
  ['sklearn.neural_network._multilayer_perceptron', 'MLPClassifier MLPRegressor'],
  ['sklearn.pipeline', 'FeatureUnion Pipeline'],

  [
    'sklearn.preprocessing._data',
    // PolynomialFeatures until 0.24; it moved to _polynomial in 1.0.
    'Binarizer KernelCenterer MaxAbsScaler MinMaxScaler Normalizer PolynomialFeatures PowerTransformer QuantileTransformer ' +
      'RobustScaler StandardScaler',
  ],
  ['sklearn.preprocessing._discretization', 'KBinsDiscretizer'],
  ['sklearn.preprocessing._encoders', 'OneHotEncoder OrdinalEncoder'],
  ['sklearn.preprocessing._function_transformer', 'FunctionTransformer'],
  ['sklearn.preprocessing._label', 'LabelBinarizer LabelEncoder MultiLabelBinarizer'],
  ['sklearn.preprocessing._polynomial', 'PolynomialFeatures SplineTransformer'],
  ['sklearn.preprocessing._target_encoder', 'TargetEncoder'],

  ['sklearn.svm._classes', 'LinearSVC LinearSVR NuSVC NuSVR OneClassSVM SVC SVR'],
  ['sklearn.tree._classes', 'DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor'],
];
