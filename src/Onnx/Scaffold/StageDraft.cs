using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>The positions of a stage's operations, in the order in which it computes them.</summary>
internal enum Slot
{
    Linear,
    Norm,
    Merge,
    Activation,
    Pool,
    Dropout,
}

/// <summary>A stage that collects nodes, one after the other.</summary>
/// <param name="source">Index of the stage that it reads, −1 for the network's input.</param>
internal sealed class StageDraft(int source)
{
    /// <summary>Index of the stage that it reads, −1 for the network's input.</summary>
    public int Source => source;

    /// <summary>The last position that is occupied.</summary>
    public Slot Last { get; set; }

    /// <summary>Its name in the declaration; set when all stages are known.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its name in the model; null if it has none.</summary>
    public string? Hint { get; set; }

    public LinearDraft? Linear { get; set; }

    public NormDraft? Norm { get; set; }

    public MergeDescription? Merge { get; set; }

    /// <summary>The activation as an attribute.</summary>
    public string? Activation { get; set; }

    /// <summary>The pool as an attribute.</summary>
    public string? Pool { get; set; }

    /// <summary>Fraction of the outputs that training drops; 0 for none.</summary>
    public float Dropout { get; set; }
}

/// <summary>A convolution or dense layer.</summary>
/// <param name="Attribute">The attribute: its name with the sizes, and what follows them.</param>
/// <param name="Dimensions">The dimensions of its weights in PyTorch, outputs first.</param>
/// <param name="Weights">The weights in PyTorch's layout.</param>
internal sealed record LinearDraft(string Attribute, long[] Dimensions, float[] Weights)
{
    public float[]? Biases { get; set; }

    public int Outputs => (int)Dimensions[0];

    /// <summary>Multiplies each output by a number.</summary>
    public void Scale(float[] factors)
    {
        int inputs = Weights.Length / Outputs;
        for (int i = 0; i < Weights.Length; i++) Weights[i] *= factors[i / inputs];
        for (int i = 0; i < Outputs && Biases is not null; i++) Biases[i] *= factors[i];
    }

    /// <summary>Adds a number to each output.</summary>
    public void Shift(float[] terms)
    {
        Biases ??= new float[Outputs];
        for (int i = 0; i < Outputs; i++) Biases[i] += terms[i];
    }
}

/// <summary>A batch norm.</summary>
internal sealed record NormDraft(float Epsilon, float Momentum, float[] Weights, float[] Biases, float[] Mean, float[] Variance)
{
    /// <inheritdoc cref="LinearDraft.Scale"/>
    public void Scale(float[] factors)
    {
        for (int i = 0; i < factors.Length; i++) (Weights[i], Biases[i]) = (Weights[i] * factors[i], Biases[i] * factors[i]);
    }

    /// <inheritdoc cref="LinearDraft.Shift"/>
    public void Shift(float[] terms)
    {
        for (int i = 0; i < terms.Length; i++) Biases[i] += terms[i];
    }
}

/// <summary>A value that flows from node to node.</summary>
/// <param name="Stage">The stage whose output it is, −1 for the network's input.</param>
/// <param name="Shape">Shape per image.</param>
/// <param name="IsVector">Whether it is a vector in the model, N × features, possibly a flattened map.</param>
/// <param name="IsShared">Whether several nodes read it: then no further operation can follow in its stage.</param>
internal readonly record struct Flow(int Stage, Shape Shape, bool IsVector, bool IsShared);

/// <summary>The language cannot express a node; the message is the reason.</summary>
internal sealed class NoWordException(string reason) : Exception(reason);
