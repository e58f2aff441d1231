namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>A declaration with one mistake.</summary>
/// <param name="Name">The name of the case in the test's report.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">Its whole message.</param>
/// <param name="Files">The source, with the marked text between <c>[|</c> and <c>|]</c>.</param>
internal sealed record Case(string Name, string Id, string Message, params string[] Files)
{
    public override string ToString() => $"{Id} {Name}";

    /// <summary>A case in a network of 3×32×32 images that ends with ten logits.</summary>
    public static Case InStages(string name, string id, string message, string stages) => new(name, id, message, $$"""
        [Network(3, 32, 32)]
        partial class Net
        {
            {{stages}}
            [Dense(10)] public partial Stage Logits { get; }
        }
        """);

    /// <summary>A case in the attributes of a network with a convolution, an activation, a dense layer and no pool.</summary>
    public static Case OnNetwork(string name, string id, string message, string attributes) => new(name, id, message, $$"""
        [Network(3, 32, 32)]
        {{attributes}}
        partial class Net
        {
            [Conv2d(6, 5), Relu] public partial Stage Conv { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """);

    /// <summary>A case in the policies of a stage without a pool.</summary>
    public static Case OnStage(string name, string id, string message, string policies) => InStages(name, id, message, $$"""
        [Conv2d(6, 5), Relu, {{policies}}] public partial Stage Conv { get; }
        """);
}
