namespace NoiseGen.Generator.Operations;

/// <summary>Everything that the generator knows about an activation function.</summary>
/// <param name="Kind">The activation.</param>
/// <param name="Attribute">Name of its attribute.</param>
/// <param name="Title">Its name in comments.</param>
internal abstract record ActivationOperation(Activation Kind, string Attribute, string Title)
{
    /// <summary>Whether it yields values below zero; its quantizer then has levels on both sides of zero.</summary>
    public virtual bool IsSigned => false;

    /// <summary>Whether its derivative is 0 or 1. The backward pass then keeps one bit per value instead of the whole derivative.</summary>
    public virtual bool HasMask => false;

    /// <summary>The slope below zero, if it has one: the attribute's property and its default.</summary>
    public virtual (string Property, float Default)? Slope => null;

    /// <summary>
    /// Its code in an elementwise pass: a function per statement, which prints the statement for element i of four. The code replaces the
    /// value <c>v{i}</c>. It declares either <c>d{i}</c>, a mask of the values where the gradient stops, or <c>s{i}</c>, the derivative.
    /// </summary>
    /// <param name="V">The vector type, of 512 or 256 bits.</param>
    /// <param name="slope">The slope below zero as a literal.</param>
    public abstract IReadOnlyList<Func<int, string>> Code(string V, string slope);
}
