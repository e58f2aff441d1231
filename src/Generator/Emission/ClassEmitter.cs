using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what the user sees of the generated class: constructor and stages.</summary>
internal static class ClassEmitter
{
    public static void Members(SourceWriter writer, NetworkPlan plan)
    {
        MemoryPlan memory = plan.Memory;
        string name = plan.Graph.Class.Name;
        writer.Write($$"""
            /// <summary>Makes a network with freshly drawn parameters.</summary>
            /// <param name="seed">Seeds the parameters and all noise; the same seed gives the same bits on every machine.</param>
            /// <param name="batchSize">The most images that one step takes, at least 1.</param>
            /// <param name="threads">Threads of the network's own, 1 … 1024; 0 for one on each processor. Results do not depend on it.</param>
            public {{name}}(ulong seed = 0, int batchSize = 128, int threads = 0)
                : base(
                    s_description,
                    new global::{{plan.Graph.Class.KernelNamespace}}.Code(),
                    new(
                        ParameterFloats: {{memory.ParameterFloats}},
                        PackedFloats: {{memory.Forward.Floats}},
                        SegmentFloats: {{memory.Forward.LargestSegment}},
                        BackwardFloats: {{memory.Backward.LargestSegment}},
                        BlockFloats: {{memory.BlockFloats}},
                        ScratchFloats: {{memory.ScratchFloats}},
                        SharedFloats: {{memory.SharedFloats}},
                        StatisticsFloats: {{memory.StatisticsFloats}},
                        BufferFloats: {{memory.BufferFloats}}),
                    seed,
                    batchSize,
                    threads)
            {
            }

            /// <inheritdoc/>
            public static {{name}} Create(ulong seed, int batchSize, int threads) => new(seed, batchSize, threads);

            """);
        MemberEmitter.Properties(writer, plan.Graph.Members);
    }
}
