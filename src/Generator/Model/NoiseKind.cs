namespace NoiseGen.Generator.Model;

/// <summary>A kind of noise, and how it is used.</summary>
/// <param name="Struct">The struct that implements it.</param>
/// <param name="Unit">The unit of its sigma.</param>
/// <param name="BeforeQuantizer">Whether it comes before an activation's quantizer.</param>
internal sealed record NoiseKind(NoiseStruct Struct, SigmaUnit Unit, bool BeforeQuantizer);

/// <summary>A struct that implements a kind of noise.</summary>
/// <param name="Code">Its fully qualified name, with <c>global::</c>.</param>
/// <param name="Name">Its name without containers and type arguments.</param>
/// <param name="Form">How it acts on values and gradients.</param>
/// <param name="InRanges">Whether its sigma is in units of the site's range, which a calibration measures.</param>
internal sealed record NoiseStruct(string Code, string Name, NoiseForm Form, bool InRanges = false)
{
    /// <summary>Whether the backward pass has to scale the gradient.</summary>
    public bool Scales => Form != NoiseForm.Additive;

    /// <summary>Whether the struct is the user's.</summary>
    public bool IsCustom => Code != $"global::{nameof(NoiseGen)}.{Name}";

    /// <summary>The runtime's struct that draws the samples.</summary>
    public string Lanes => Form == NoiseForm.Combined ? "CombinedNoiseLanes" : InRanges ? "RangeNoiseLanes" : "NoiseLanes";
}
