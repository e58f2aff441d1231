namespace NoiseGen.Generator.Operations;

/// <summary>An activation function: all that the generator knows of it.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Attribute">Name of its attribute.</param>
/// <param name="Title">What comments call it.</param>
internal abstract record ActivationOperation(Activation Kind, string Attribute, string Title)
{
    /// <summary>Whether it yields values below zero: its quantizer has levels on both sides then.</summary>
    public virtual bool IsSigned => false;

    /// <summary>Whether its derivative is 0 or 1: backward keeps one bit for each value then, and the whole derivative otherwise.</summary>
    public virtual bool HasMask => false;

    /// <summary>The slope below zero, if it has one: the attribute's property, and its default.</summary>
    public virtual (string Property, float Default)? Slope => null;

    /// <summary>
    /// Its code in an elementwise pass, statement by statement, each for element i of four.
    /// It replaces the value <c>v{i}</c>, and declares <c>d{i}</c>, a mask
    /// of the values where the gradient stops, or <c>s{i}</c>, the derivative.
    /// </summary>
    /// <param name="V">The vector type: of 512 bits, or of 256.</param>
    /// <param name="slope">The slope below zero as a literal.</param>
    public abstract IReadOnlyList<Func<int, string>> Code(string V, string slope);
}
