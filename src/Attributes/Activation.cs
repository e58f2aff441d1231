namespace NoiseGen;

/// <summary>An activation function.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x above zero, slope·x below.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + e^−x).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>The rectified linear unit, max(x, 0). Its gradient at 0 is 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReluAttribute : Attribute;

/// <summary>The leaky rectified linear unit: x above zero, slope·x below. Its gradient at 0 is the slope.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeakyReluAttribute : Attribute
{
    /// <param name="slope">The slope below zero, finite.</param>
    public LeakyReluAttribute(float slope = 0.01f) => Slope = slope;

    /// <summary>The slope below zero.</summary>
    public float Slope { get; }
}

/// <summary>The logistic function, 1 / (1 + e^−x).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SigmoidAttribute : Attribute;

/// <summary>The hyperbolic tangent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TanhAttribute : Attribute;
