extern alias Runtime;

// Names that random declarations take from the runtime.
global using Additive = Runtime::NoiseGen.Additive;
global using Combined = Runtime::NoiseGen.Combined;
global using CombinedAdditiveFirst = Runtime::NoiseGen.CombinedAdditiveFirst;
global using Multiplicative = Runtime::NoiseGen.Multiplicative;
global using Shape = Runtime::NoiseGen.Shape;
global using Window = Runtime::NoiseGen.Window;
