namespace NoiseGen.Tests.Declared;

/// <summary>All declared networks by name.</summary>
internal static class DeclaredNetworks
{
    private delegate NeuralNetwork Factory(ulong seed, int batchSize, int threads);

    private static readonly Dictionary<string, Factory> Factories = [];

    private static readonly string[] s_plain, s_names, s_classifiers;

    static DeclaredNetworks()
    {
        Add<EndlessStride>();
        Add<LeNet5Clean>();
        Add<LeNet5Noisy>();
        Add<LeNet5Quantized>();
        Add<LeNet5Both>();
        Add<PrimeMlp>();
        Add<SingleDense>();
        Add<OneFeature>();
        Add<WholeVectors>();
        Add<PerChannelMlp>();
        Add<DenseBetween>();
        Add<Padded>();
        Add<Strided>();
        Add<Skipping>();
        Add<SkippingPadded>();
        Add<FarStrides>();
        Add<EvenKernels>();
        Add<OddChannels>();
        Add<ManyChannels>();
        Add<Bare>();
        Add<OnePixel>();
        Add<SingleConvolution>();
        Add<OverlappingAverages>();
        Add<PoolsAlone>();
        Add<DenseMaxima>();
        Add<SparsePools>();
        Add<FourBits>();
        Add<SixteenBits>();
        Add<FewestBits>();
        Add<Clipped>();
        Add<QuantizedInput>();
        Add<Exceptions>();
        Add<StagePolicies>();
        Add<Everything>();
        s_plain = [.. Factories.Keys];
        Add<LearnedLeNet>();
        Add<LearnedSigned>();
        Add<LearnedNormed>();
        Add<LearnedUnpooled>();
        Add<NormedConvolutions>();
        Add<NormedMlp>();
        Add<WideConvolutions>();
        Add<PreActivation>();
        Add<Wired>();
        Add<SmoothActivations>();
        Add<SignedQuantizers>();
        Add<NarrowResNet>();
        Add<NarrowNoisyResNet>();
        Add<NarrowResNet50>();
        Add<InputAgain>();
        Add<NarrowDenseNet>();
        Add<NarrowVgg>();
        Add<NarrowCnnS>();
        Add<DeadEnd>();
        Add<DeadBranch>();
        Add<TallKernel>();
        Add<GroupedConvolutions>();
        Add<DepthwiseSeparable>();
        Add<WideGroups>();
        Add<Dropped>();
        Add<OblongPools>();
        Add<Squares>();
        Add<LargeSquares>();
        Add<QuantizedSquares>();
        Add<DirectSquares>();
        Add<SquareGradients>();
        Add<LargeSquareGradients>();
        Add<PcmLeNet>();
        Add<MixedDevices>();
        Add<PcmResNet>();
        Add<Scaled>();
        Add<CombinedNoises>();
        Add<QuantizedNoise>();
        Add<Ranged>();
        Add<RangedUnpooled>();
        Add<Unpooled>();
        s_names = [.. Factories.Keys];
        Add<Recomputed>();
        Add<RecomputedBeforePools>();
        Add<Kept>();
        s_classifiers = [.. Factories.Keys];
        Add<SingleOutput>();
    }

    /// <summary>Those that the oracle computes, too: networks with classes, and not too large for it.</summary>
    public static IEnumerable<string> Names => s_names;

    /// <summary>All networks with classes.</summary>
    public static IEnumerable<string> Classifiers => s_classifiers;

    /// <summary>The chains of stages that <see cref="Oracle.DeclarationReader"/> reads: no norms, no blocks, no second inputs.</summary>
    public static IEnumerable<string> Plain => s_plain;

    public static NeuralNetwork Create(string name, ulong seed = 1, int batchSize = 128, int threads = 2) =>
        Factories[name](seed, batchSize, threads);

    private static void Add<TNetwork>()
        where TNetwork : NeuralNetwork, INetwork<TNetwork> => Factories.Add(typeof(TNetwork).Name, TNetwork.Create);
}
